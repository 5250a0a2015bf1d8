/** Choosing among several gateways, beside asking one after the other. */
@NullMarked
package imagefunctions.benchmarks.gateways;

import org.jspecify.annotations.NullMarked;
