/**
 * HTTP as every service here speaks it: bodies read within limits, answers with a call id, problems as problem+json. It
 * knows no function.
 */
@NullMarked
package imagefunctions.runtime.http;

import org.jspecify.annotations.NullMarked;
