@NullMarked
package imagefunctions.reasons;

import org.jspecify.annotations.NullMarked;
