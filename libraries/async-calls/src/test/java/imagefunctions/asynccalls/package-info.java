@NullMarked
package imagefunctions.asynccalls;

import org.jspecify.annotations.NullMarked;
