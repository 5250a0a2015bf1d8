/** The workers that call the functions of queued calls, and send the results to their receivers. */
@NullMarked
package imagefunctions.asynccalls.delivery;

import org.jspecify.annotations.NullMarked;
