/** Rules over HTTP, and by the clock. */
@NullMarked
package imagefunctions.localgateway.rules;

import org.jspecify.annotations.NullMarked;
