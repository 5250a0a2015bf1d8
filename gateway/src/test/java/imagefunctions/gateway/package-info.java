@NullMarked
package imagefunctions.gateway;

import org.jspecify.annotations.NullMarked;
