/** The durable queue of asynchronous calls, as a folder. */
@NullMarked
package imagefunctions.asynccalls.store;

import org.jspecify.annotations.NullMarked;
