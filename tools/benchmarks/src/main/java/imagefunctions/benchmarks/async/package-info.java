/** How fast asynchronous calls are taken in, compared with a message broker. */
@NullMarked
package imagefunctions.benchmarks.async;

import org.jspecify.annotations.NullMarked;
