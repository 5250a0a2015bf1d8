@NullMarked
package imagefunctions.convert;

import org.jspecify.annotations.NullMarked;
