/** Tasks at the same time: a bounded number on virtual threads, parts of a computation on cores. */
@NullMarked
package imagefunctions.tasks;

import org.jspecify.annotations.NullMarked;
