/** What the functions that take one picture share: parameters, usage text, errors. */
@NullMarked
package imagefunctions.pictures;

import org.jspecify.annotations.NullMarked;
