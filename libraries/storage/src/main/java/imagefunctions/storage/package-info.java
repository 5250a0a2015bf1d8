/** Objects in S3-compatible stores, and the events that tell of them. */
@NullMarked
package imagefunctions.storage;

import org.jspecify.annotations.NullMarked;
