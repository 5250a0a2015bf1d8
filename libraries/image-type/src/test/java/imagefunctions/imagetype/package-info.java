@NullMarked
package imagefunctions.imagetype;

import org.jspecify.annotations.NullMarked;
