@NullMarked
package imagefunctions.chaining;

import org.jspecify.annotations.NullMarked;
