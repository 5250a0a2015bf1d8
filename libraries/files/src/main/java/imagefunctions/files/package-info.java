/** What a process can call its files, and why one could not be used. */
@NullMarked
package imagefunctions.files;

import org.jspecify.annotations.NullMarked;
