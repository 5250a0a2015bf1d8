/** Asynchronous calls that nobody loses: a queue as a folder, and the workers that empty it. */
@NullMarked
package imagefunctions.spool;

import org.jspecify.annotations.NullMarked;
