/** W3C trace context, and the spans that may be made of it. */
@NullMarked
package imagefunctions.traces;

import org.jspecify.annotations.NullMarked;
