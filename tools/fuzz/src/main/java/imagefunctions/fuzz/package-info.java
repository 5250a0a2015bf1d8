/** Feeds the functions and the engine files that nobody would send in good faith. */
@NullMarked
package imagefunctions.fuzz;

import org.jspecify.annotations.NullMarked;
