/** The formats of images, and how to recognise them. */
@NullMarked
package imagefunctions.imagetype;

import org.jspecify.annotations.NullMarked;
