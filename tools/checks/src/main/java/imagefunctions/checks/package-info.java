/** What holds for the repository as a whole: its map of modules, its licences, who may know whom. */
@NullMarked
package imagefunctions.checks;

import org.jspecify.annotations.NullMarked;
