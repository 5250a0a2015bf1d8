@NullMarked
package imagefunctions.spool;

import org.jspecify.annotations.NullMarked;
