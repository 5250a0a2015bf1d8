/** The function {@code chaining}: a workflow of functions behind one address. */
@NullMarked
package imagefunctions.functions.chaining;

import org.jspecify.annotations.NullMarked;
