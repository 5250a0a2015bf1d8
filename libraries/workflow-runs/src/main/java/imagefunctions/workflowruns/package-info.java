/** Durable runs of workflows: what each keeps, who runs it, and how it is steered. */
@NullMarked
package imagefunctions.workflowruns;

import org.jspecify.annotations.NullMarked;
