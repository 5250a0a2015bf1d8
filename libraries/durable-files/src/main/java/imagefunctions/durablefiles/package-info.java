/** Files that survive a power cut. */
@NullMarked
package imagefunctions.durablefiles;

import org.jspecify.annotations.NullMarked;
