@NullMarked
package imagefunctions.runtime.http;

import org.jspecify.annotations.NullMarked;
