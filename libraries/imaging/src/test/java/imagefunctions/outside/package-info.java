/** What code outside the library can do with it. */
@NullMarked
package imagefunctions.outside;

import org.jspecify.annotations.NullMarked;
