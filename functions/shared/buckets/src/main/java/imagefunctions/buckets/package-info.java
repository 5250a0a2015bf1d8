/** What the bucket functions share: the object store, batches and replies. */
@NullMarked
package imagefunctions.buckets;

import org.jspecify.annotations.NullMarked;
