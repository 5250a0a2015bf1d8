/** Asynchronous calls that nobody loses: what is known of them, whatever keeps them and whoever delivers them. */
@NullMarked
package imagefunctions.asynccalls;

import org.jspecify.annotations.NullMarked;
