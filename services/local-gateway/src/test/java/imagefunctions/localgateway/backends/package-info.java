@NullMarked
package imagefunctions.localgateway.backends;

import org.jspecify.annotations.NullMarked;
