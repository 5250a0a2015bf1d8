/** The durable runs of workflows, for those who look after them. */
@NullMarked
package imagefunctions.localgateway.runs;

import org.jspecify.annotations.NullMarked;
