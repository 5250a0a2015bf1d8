/** The function {@code chaining}: workflows of functions behind one URL. */
@NullMarked
package imagefunctions.functions.chaining;

import org.jspecify.annotations.NullMarked;
