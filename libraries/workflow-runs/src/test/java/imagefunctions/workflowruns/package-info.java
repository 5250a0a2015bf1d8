@NullMarked
package imagefunctions.workflowruns;

import org.jspecify.annotations.NullMarked;
