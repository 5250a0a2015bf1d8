@NullMarked
package imagefunctions.files;

import org.jspecify.annotations.NullMarked;
