/** Reading and checking workflow files, with errors that name file and line. */
@NullMarked
package imagefunctions.functions.chaining.yaml;

import org.jspecify.annotations.NullMarked;
