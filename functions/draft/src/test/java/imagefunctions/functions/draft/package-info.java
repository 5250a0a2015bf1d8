@NullMarked
package imagefunctions.functions.draft;

import org.jspecify.annotations.NullMarked;
