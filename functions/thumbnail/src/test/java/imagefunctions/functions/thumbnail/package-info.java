@NullMarked
package imagefunctions.functions.thumbnail;

import org.jspecify.annotations.NullMarked;
