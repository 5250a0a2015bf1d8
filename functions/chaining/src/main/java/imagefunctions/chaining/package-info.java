/** The function {@code chaining}: a workflow of functions behind one address. */
@NullMarked
package imagefunctions.chaining;

import org.jspecify.annotations.NullMarked;
