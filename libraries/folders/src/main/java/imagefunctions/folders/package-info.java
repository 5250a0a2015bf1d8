/** Folders that one process keeps its data in: private, locked, and there after a power cut. */
@NullMarked
package imagefunctions.folders;

import org.jspecify.annotations.NullMarked;
