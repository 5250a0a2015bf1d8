/** Functions that run elsewhere: which they are, and how their calls are handed on. */
@NullMarked
package imagefunctions.localgateway.backends;

import org.jspecify.annotations.NullMarked;
