@NullMarked
package imagefunctions.embeddeds3;

import org.jspecify.annotations.NullMarked;
