@NullMarked
package imagefunctions.folders;

import org.jspecify.annotations.NullMarked;
