/** Tests of what the benchmark calculates. */
@NullMarked
package imagefunctions.benchmarks;

import org.jspecify.annotations.NullMarked;
