/** The operations on pictures, one to a file, and the pipeline that runs several in order. */
@NullMarked
package imagefunctions.imaging.operation;

import org.jspecify.annotations.NullMarked;
