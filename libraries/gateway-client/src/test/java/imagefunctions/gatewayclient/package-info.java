@NullMarked
package imagefunctions.gatewayclient;

import org.jspecify.annotations.NullMarked;
