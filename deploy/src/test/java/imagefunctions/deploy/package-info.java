/** Tests of what is deployed: the template, the stack file, the manifests. */
@NullMarked
package imagefunctions.deploy;

import org.jspecify.annotations.NullMarked;
