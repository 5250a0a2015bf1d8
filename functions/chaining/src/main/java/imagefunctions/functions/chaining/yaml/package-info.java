/** Workflow files: read, checked and compiled, with errors that name file and line. */
@NullMarked
package imagefunctions.functions.chaining.yaml;

import org.jspecify.annotations.NullMarked;
