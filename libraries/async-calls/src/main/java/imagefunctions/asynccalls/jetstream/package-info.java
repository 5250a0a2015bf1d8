/** The durable queue of asynchronous calls on NATS JetStream, shared by any number of processes. */
@NullMarked
package imagefunctions.asynccalls.jetstream;

import org.jspecify.annotations.NullMarked;
