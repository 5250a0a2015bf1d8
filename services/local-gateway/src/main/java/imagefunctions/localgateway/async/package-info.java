/** Asynchronous calls: taken in durably, made when there is room, their results brought to callback URLs. */
@NullMarked
package imagefunctions.localgateway.async;

import org.jspecify.annotations.NullMarked;
