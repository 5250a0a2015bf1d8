/** Choosing among several gateways, compared with asking one after the other. */
@NullMarked
package imagefunctions.benchmarks.gateways;

import org.jspecify.annotations.NullMarked;
