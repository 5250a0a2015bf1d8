@NullMarked
package imagefunctions.egress;

import org.jspecify.annotations.NullMarked;
