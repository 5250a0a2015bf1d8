@NullMarked
package imagefunctions.functions.processimages;

import org.jspecify.annotations.NullMarked;
