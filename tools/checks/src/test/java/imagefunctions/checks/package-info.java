@NullMarked
package imagefunctions.checks;

import org.jspecify.annotations.NullMarked;
