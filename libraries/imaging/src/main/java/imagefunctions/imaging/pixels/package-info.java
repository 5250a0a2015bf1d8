/** A decoded picture, and the arithmetic on its samples. */
@NullMarked
package imagefunctions.imaging.pixels;

import org.jspecify.annotations.NullMarked;
