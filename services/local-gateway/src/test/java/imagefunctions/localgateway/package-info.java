@NullMarked
package imagefunctions.localgateway;

import org.jspecify.annotations.NullMarked;
