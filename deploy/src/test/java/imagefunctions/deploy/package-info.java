/** Tests of what is deployed: the template, the stack file, the manifests; and what makes these of the stack file. */
@NullMarked
package imagefunctions.deploy;

import org.jspecify.annotations.NullMarked;
