@NullMarked
package imagefunctions.runtime;

import org.jspecify.annotations.NullMarked;
