/** The inner loops of the JPEG engine, for JMH. */
@NullMarked
package imagefunctions.benchmarks.loops;

import org.jspecify.annotations.NullMarked;
