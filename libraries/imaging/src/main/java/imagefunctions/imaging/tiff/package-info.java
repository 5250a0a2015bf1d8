/** TIFF files (TIFF 6.0, its supplements, and BigTIFF): the directory, how pixels are laid out, and their compressions. */
@NullMarked
package imagefunctions.imaging.tiff;

import org.jspecify.annotations.NullMarked;
