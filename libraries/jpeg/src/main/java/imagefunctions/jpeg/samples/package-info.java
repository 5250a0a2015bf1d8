/** Planes of samples: the DCT in both directions, quantisation, resampling. */
@NullMarked
package imagefunctions.jpeg.samples;

import org.jspecify.annotations.NullMarked;
