/** What a workflow is: steps, calls, conditions, every default filled in. */
@NullMarked
package imagefunctions.functions.chaining.workflow;

import org.jspecify.annotations.NullMarked;
