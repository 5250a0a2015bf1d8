/** The mistakes that a caller can make, with messages that say what to do next. */
@NullMarked
package imagefunctions.imaging.error;

import org.jspecify.annotations.NullMarked;
