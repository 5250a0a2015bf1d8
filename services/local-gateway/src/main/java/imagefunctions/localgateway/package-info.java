/** OpenFaaS' gateway for one machine: its API around the functions of this process. */
@NullMarked
package imagefunctions.localgateway;

import org.jspecify.annotations.NullMarked;
