@NullMarked
package imagefunctions.traces;

import org.jspecify.annotations.NullMarked;
