/** Ours and the peers on the same bytes, in the same run. */
@NullMarked
package imagefunctions.benchmarks;

import org.jspecify.annotations.NullMarked;
