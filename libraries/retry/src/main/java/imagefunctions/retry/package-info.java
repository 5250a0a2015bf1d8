/** What is tried again, how often, and after which wait. */
@NullMarked
package imagefunctions.retry;

import org.jspecify.annotations.NullMarked;
