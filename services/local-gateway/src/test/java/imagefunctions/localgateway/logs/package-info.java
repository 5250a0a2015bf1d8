@NullMarked
package imagefunctions.localgateway.logs;

import org.jspecify.annotations.NullMarked;
