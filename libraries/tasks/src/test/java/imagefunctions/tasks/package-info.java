@NullMarked
package imagefunctions.tasks;

import org.jspecify.annotations.NullMarked;
