@NullMarked
package imagefunctions.functions.bw;

import org.jspecify.annotations.NullMarked;
