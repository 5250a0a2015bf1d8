/** What the functions over one picture share: parameters, usage, errors. */
@NullMarked
package imagefunctions.imagefunction;

import org.jspecify.annotations.NullMarked;
