/** What tests start beside themselves: packaged applications as processes, and ports that nobody takes from them. */
@NullMarked
package imagefunctions.testservers;

import org.jspecify.annotations.NullMarked;
