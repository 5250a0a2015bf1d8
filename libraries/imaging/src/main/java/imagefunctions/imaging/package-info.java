/** Image files in, JPEG files out: the recipes and what runs them; nothing here knows of HTTP. */
@NullMarked
package imagefunctions.imaging;

import org.jspecify.annotations.NullMarked;
