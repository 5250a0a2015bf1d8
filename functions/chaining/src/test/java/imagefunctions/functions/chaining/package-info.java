@NullMarked
package imagefunctions.functions.chaining;

import org.jspecify.annotations.NullMarked;
