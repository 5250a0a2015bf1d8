/** Image files read and JPEG files written: through the DCT domain where the result allows it, through pixels otherwise. */
@NullMarked
package imagefunctions.imaging.codec;

import org.jspecify.annotations.NullMarked;
