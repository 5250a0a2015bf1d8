@NullMarked
package imagefunctions.localgateway.runs;

import org.jspecify.annotations.NullMarked;
