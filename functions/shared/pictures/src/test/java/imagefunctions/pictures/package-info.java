@NullMarked
package imagefunctions.pictures;

import org.jspecify.annotations.NullMarked;
