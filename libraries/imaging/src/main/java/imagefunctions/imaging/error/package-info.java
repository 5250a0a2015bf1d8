/** What a caller can do wrong, in words that say what to do next. */
@NullMarked
package imagefunctions.imaging.error;

import org.jspecify.annotations.NullMarked;
