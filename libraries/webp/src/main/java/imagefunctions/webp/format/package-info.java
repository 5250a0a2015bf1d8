/** The WebP container (RFC 9649, section 2): its chunks, its first frame, its metadata, and the exceptions. */
@NullMarked
package imagefunctions.webp.format;

import org.jspecify.annotations.NullMarked;
