@NullMarked
package imagefunctions.runtime.funqy;

import org.jspecify.annotations.NullMarked;
