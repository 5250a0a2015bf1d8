/** The model of a workflow: steps, calls and conditions, with every default filled in. */
@NullMarked
package imagefunctions.functions.chaining.workflow;

import org.jspecify.annotations.NullMarked;
