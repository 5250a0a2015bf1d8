/** What the functions over buckets share: the store, batches, answers. */
@NullMarked
package imagefunctions.bucketfunction;

import org.jspecify.annotations.NullMarked;
