/** Makes the manifests of the functions from stack.yml. */
@NullMarked
package imagefunctions.deploy;

import org.jspecify.annotations.NullMarked;
