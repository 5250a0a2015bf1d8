/** Workflows at work: calls, retries, branches, time, and what is told about them. */
@NullMarked
package imagefunctions.functions.chaining.run;

import org.jspecify.annotations.NullMarked;
