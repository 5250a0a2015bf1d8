@NullMarked
package imagefunctions.asynccalls.store;

import org.jspecify.annotations.NullMarked;
