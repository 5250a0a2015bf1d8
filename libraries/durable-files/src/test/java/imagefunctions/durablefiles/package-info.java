@NullMarked
package imagefunctions.durablefiles;

import org.jspecify.annotations.NullMarked;
