/** The stock of a market. */
@NullMarked
package imagefunctions.samples.inventory;

import org.jspecify.annotations.NullMarked;
