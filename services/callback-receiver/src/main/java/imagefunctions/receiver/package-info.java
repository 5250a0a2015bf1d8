/** Keeps what asynchronous calls deliver, and shows it as it arrives. */
@NullMarked
package imagefunctions.receiver;

import org.jspecify.annotations.NullMarked;
