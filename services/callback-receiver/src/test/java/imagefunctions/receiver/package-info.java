@NullMarked
package imagefunctions.receiver;

import org.jspecify.annotations.NullMarked;
