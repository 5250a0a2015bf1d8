@NullMarked
package imagefunctions.yaml;

import org.jspecify.annotations.NullMarked;
