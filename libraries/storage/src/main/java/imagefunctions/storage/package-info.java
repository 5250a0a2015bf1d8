/** Objects in S3-compatible stores, and their events. */
@NullMarked
package imagefunctions.storage;

import org.jspecify.annotations.NullMarked;
