@NullMarked
package imagefunctions.chaining.yaml;

import org.jspecify.annotations.NullMarked;
