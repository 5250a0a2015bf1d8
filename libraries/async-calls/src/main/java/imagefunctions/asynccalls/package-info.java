/** Asynchronous calls that nobody loses: a queue as a folder, and the workers that empty it. */
@NullMarked
package imagefunctions.asynccalls;

import org.jspecify.annotations.NullMarked;
