/** The functions over HTTP, beside the ones that they follow. */
@NullMarked
package imagefunctions.benchmarks.http;

import org.jspecify.annotations.NullMarked;
