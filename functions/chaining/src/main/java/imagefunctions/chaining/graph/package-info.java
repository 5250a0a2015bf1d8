/** Workflows as graphs, for people to look at. */
@NullMarked
package imagefunctions.chaining.graph;

import org.jspecify.annotations.NullMarked;
