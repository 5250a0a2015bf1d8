/** Blocks of coefficients: flipped, transposed, realigned, requantised. */
@NullMarked
package imagefunctions.jpeg.blocks;

import org.jspecify.annotations.NullMarked;
