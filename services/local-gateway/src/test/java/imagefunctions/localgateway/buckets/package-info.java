@NullMarked
package imagefunctions.localgateway.buckets;

import org.jspecify.annotations.NullMarked;
