@NullMarked
package imagefunctions.testservers;

import org.jspecify.annotations.NullMarked;
