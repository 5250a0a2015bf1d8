/** The services under everything at once, for a long time. */
@NullMarked
package imagefunctions.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
