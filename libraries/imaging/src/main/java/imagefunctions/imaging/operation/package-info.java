/** Steps from one picture to the next, one to a file, and the pipeline that runs them in order. */
@NullMarked
package imagefunctions.imaging.operation;

import org.jspecify.annotations.NullMarked;
