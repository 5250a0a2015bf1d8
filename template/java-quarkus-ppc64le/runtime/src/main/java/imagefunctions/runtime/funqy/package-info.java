/** Quarkus Funqy's functions, bound to HTTP: one at the root of a container, or several behind a gateway's paths. */
@NullMarked
package imagefunctions.runtime.funqy;

import org.jspecify.annotations.NullMarked;
