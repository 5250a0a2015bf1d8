/** Running workflows: calls, retries, branches, deadlines and reports. */
@NullMarked
package imagefunctions.functions.chaining.run;

import org.jspecify.annotations.NullMarked;
