/** HTTP to URLs that a user gave, kept away from addresses that the user must not reach. */
@NullMarked
package imagefunctions.egress;

import org.jspecify.annotations.NullMarked;
