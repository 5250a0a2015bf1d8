/** What the functions that are traced share: their spans, sent to OpenTelemetry's collector. */
@NullMarked
package imagefunctions.tracing;

import org.jspecify.annotations.NullMarked;
