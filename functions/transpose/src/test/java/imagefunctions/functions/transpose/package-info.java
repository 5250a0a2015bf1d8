@NullMarked
package imagefunctions.functions.transpose;

import org.jspecify.annotations.NullMarked;
