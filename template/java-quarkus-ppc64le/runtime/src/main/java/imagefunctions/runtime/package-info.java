/** What a function is to its author and its callers: a body in, a body out, or a problem. */
@NullMarked
package imagefunctions.runtime;

import org.jspecify.annotations.NullMarked;
