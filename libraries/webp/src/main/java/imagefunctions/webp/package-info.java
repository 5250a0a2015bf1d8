/** Decodes WebP files to pixels. */
@NullMarked
package imagefunctions.webp;

import org.jspecify.annotations.NullMarked;
