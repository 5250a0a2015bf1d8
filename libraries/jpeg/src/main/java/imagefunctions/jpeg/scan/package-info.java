/** Scans: finding blocks and decoding their coefficients. */
@NullMarked
package imagefunctions.jpeg.scan;

import org.jspecify.annotations.NullMarked;
