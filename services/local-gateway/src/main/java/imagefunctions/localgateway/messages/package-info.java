/** What the callback receiver keeps, for the console. */
@NullMarked
package imagefunctions.localgateway.messages;

import org.jspecify.annotations.NullMarked;
