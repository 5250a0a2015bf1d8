/** What the functions that call other functions share: which gateways to call, and how. */
@NullMarked
package imagefunctions.gateways;

import org.jspecify.annotations.NullMarked;
