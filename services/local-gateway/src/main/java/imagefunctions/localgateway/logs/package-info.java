/** {@code /system/logs}: what happened to the last calls of each function, as OpenFaaS' providers tell it. */
@NullMarked
package imagefunctions.localgateway.logs;

import org.jspecify.annotations.NullMarked;
