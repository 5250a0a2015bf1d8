/** Asynchronous calls that survive crashes: what they are, their states, and why one is not accepted. */
@NullMarked
package imagefunctions.asynccalls;

import org.jspecify.annotations.NullMarked;
