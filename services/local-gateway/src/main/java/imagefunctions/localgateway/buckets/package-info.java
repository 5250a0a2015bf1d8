/** The local gateway's buckets: an S3 server inside, or one elsewhere, and the conversion of what is uploaded. */
@NullMarked
package imagefunctions.localgateway.buckets;

import org.jspecify.annotations.NullMarked;
