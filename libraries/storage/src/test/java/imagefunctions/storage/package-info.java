@NullMarked
package imagefunctions.storage;

import org.jspecify.annotations.NullMarked;
