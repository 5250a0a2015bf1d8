/** Tasks on virtual threads, a bounded number of them at the same time. */
@NullMarked
package imagefunctions.tasks;

import org.jspecify.annotations.NullMarked;
