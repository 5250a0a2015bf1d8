@NullMarked
package imagefunctions.localgateway.async;

import org.jspecify.annotations.NullMarked;
