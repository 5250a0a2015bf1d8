/** The compressed-domain JPEG engine: photos drafted, turned, greyed and shrunk from their coefficients. */
@NullMarked
package imagefunctions.jpeg;

import org.jspecify.annotations.NullMarked;
