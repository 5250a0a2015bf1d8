/** Calls of functions behind one gateway or several. */
@NullMarked
package imagefunctions.gatewayclient;

import org.jspecify.annotations.NullMarked;
