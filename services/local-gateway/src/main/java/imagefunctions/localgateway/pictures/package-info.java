/** Pictures of the store by GET, as pages and caches want them. */
@NullMarked
package imagefunctions.localgateway.pictures;

import org.jspecify.annotations.NullMarked;
