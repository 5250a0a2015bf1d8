/** Workflows as graphs, for people to look at. */
@NullMarked
package imagefunctions.functions.chaining.graph;

import org.jspecify.annotations.NullMarked;
