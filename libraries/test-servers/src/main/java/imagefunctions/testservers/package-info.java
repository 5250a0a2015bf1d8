/**
 * What tests start beside themselves: packaged applications as processes, a browser, and ports that
 * nobody takes from them.
 */
@NullMarked
package imagefunctions.testservers;

import org.jspecify.annotations.NullMarked;
