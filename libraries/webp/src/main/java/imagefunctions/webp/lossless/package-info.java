/** The lossless bitstream VP8L (RFC 9649, section 3). */
@NullMarked
package imagefunctions.webp.lossless;

import org.jspecify.annotations.NullMarked;
