@NullMarked
package imagefunctions.gateway.buckets;

import org.jspecify.annotations.NullMarked;
