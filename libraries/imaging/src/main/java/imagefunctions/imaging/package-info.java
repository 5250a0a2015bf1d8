/** Pictures in, pictures out: operations on photos, with no knowledge of HTTP. */
@NullMarked
package imagefunctions.imaging;

import org.jspecify.annotations.NullMarked;
