/** What a file says of its picture's makers and owners. */
@NullMarked
package imagefunctions.imaging.credit;

import org.jspecify.annotations.NullMarked;
