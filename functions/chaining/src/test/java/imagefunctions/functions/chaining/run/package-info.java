@NullMarked
package imagefunctions.functions.chaining.run;

import org.jspecify.annotations.NullMarked;
