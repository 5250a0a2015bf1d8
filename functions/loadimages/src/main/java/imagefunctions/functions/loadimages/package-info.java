@NullMarked
package imagefunctions.functions.loadimages;

import org.jspecify.annotations.NullMarked;
