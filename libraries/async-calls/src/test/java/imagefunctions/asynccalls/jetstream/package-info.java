@NullMarked
package imagefunctions.asynccalls.jetstream;

import org.jspecify.annotations.NullMarked;
