/** Workflows as graphs for people to read. */
@NullMarked
package imagefunctions.functions.chaining.graph;

import org.jspecify.annotations.NullMarked;
