/** What the functions over one picture share: parameters, usage, errors. */
@NullMarked
package imagefunctions.pictures;

import org.jspecify.annotations.NullMarked;
