/** The JPEG format (ITU-T T.81, annex B): markers, headers, tables, and what a file may ask for at most. */
@NullMarked
package imagefunctions.jpeg.format;

import org.jspecify.annotations.NullMarked;
