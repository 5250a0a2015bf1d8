/** How fast asynchronous calls are taken in, beside a message broker. */
@NullMarked
package imagefunctions.benchmarks.async;

import org.jspecify.annotations.NullMarked;
