/** What happens by itself: which pictures of which buckets go through which function, and what an event calls. */
@NullMarked
package imagefunctions.functions.processimages.rules;

import org.jspecify.annotations.NullMarked;
