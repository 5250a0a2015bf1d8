/**
 * Edits JPEG files in the DCT domain: flips, rotates, greys, shrinks and requantises them without decoding what the
 * result does not need.
 */
@NullMarked
package imagefunctions.jpeg;

import org.jspecify.annotations.NullMarked;
