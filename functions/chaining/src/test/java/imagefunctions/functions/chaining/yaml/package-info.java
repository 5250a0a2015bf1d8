@NullMarked
package imagefunctions.functions.chaining.yaml;

import org.jspecify.annotations.NullMarked;
