/** The functions over HTTP, compared with the ones that they follow. */
@NullMarked
package imagefunctions.benchmarks.http;

import org.jspecify.annotations.NullMarked;
