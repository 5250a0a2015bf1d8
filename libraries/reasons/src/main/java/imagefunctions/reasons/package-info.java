/** Why something failed, in words. */
@NullMarked
package imagefunctions.reasons;

import org.jspecify.annotations.NullMarked;
