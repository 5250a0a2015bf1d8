@NullMarked
package imagefunctions.functions.processimages.rules;

import org.jspecify.annotations.NullMarked;
