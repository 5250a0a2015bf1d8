/** What the functions over buckets share: the store, batches, answers. */
@NullMarked
package imagefunctions.buckets;

import org.jspecify.annotations.NullMarked;
