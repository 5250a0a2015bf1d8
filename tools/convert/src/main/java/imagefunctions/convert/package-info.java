/** Sends folders and buckets of pictures through a function. */
@NullMarked
package imagefunctions.convert;

import org.jspecify.annotations.NullMarked;
