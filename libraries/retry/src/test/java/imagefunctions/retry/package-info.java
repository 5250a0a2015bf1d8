@NullMarked
package imagefunctions.retry;

import org.jspecify.annotations.NullMarked;
