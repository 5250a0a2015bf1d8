/** What a function is to its callers: a body in, a body out, over HTTP, within limits. */
@NullMarked
package imagefunctions.runtime;

import org.jspecify.annotations.NullMarked;
