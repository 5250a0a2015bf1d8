@NullMarked
package imagefunctions.localgateway.rules;

import org.jspecify.annotations.NullMarked;
