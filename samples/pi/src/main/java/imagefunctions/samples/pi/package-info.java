/** Digits of Pi. */
@NullMarked
package imagefunctions.samples.pi;

import org.jspecify.annotations.NullMarked;
