/** VP8 key frames (RFC 6386), decoded to the pixels that libwebp gives. */
@NullMarked
package imagefunctions.webp.lossy;

import org.jspecify.annotations.NullMarked;
