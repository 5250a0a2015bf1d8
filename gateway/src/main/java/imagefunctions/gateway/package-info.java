/** OpenFaaS' gateway for one machine: its API around the functions of this process. */
@NullMarked
package imagefunctions.gateway;

import org.jspecify.annotations.NullMarked;
