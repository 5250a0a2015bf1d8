/** An S3 server inside the process, with its data on disk. */
@NullMarked
package imagefunctions.embeddeds3;

import org.jspecify.annotations.NullMarked;
