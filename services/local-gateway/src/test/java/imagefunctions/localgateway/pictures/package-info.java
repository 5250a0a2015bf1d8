@NullMarked
package imagefunctions.localgateway.pictures;

import org.jspecify.annotations.NullMarked;
