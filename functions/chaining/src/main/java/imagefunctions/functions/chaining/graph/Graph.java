package imagefunctions.functions.chaining.graph;

import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.List;

/** A workflow as nodes, groups of nodes, and edges. */
public record Graph(String title, List<Part> parts, List<Edge> edges) {
    public Graph {
        parts = List.copyOf(parts);
        edges = List.copyOf(edges);
    }

    /** A node or a group of nodes. */
    sealed interface Part {}

    record Node(String id, Shape shape, List<String> lines) implements Part {}

    record Group(String id, String title, List<Part> parts) implements Part {}

    enum Shape {
        /** The request body or the result. */
        BODY,
        FUNCTION,
        CONDITION,
        /** A fork into branches, or their join. */
        BRANCHES
    }

    /** A directed edge; a dashed one carries no body. */
    record Edge(String from, String to, String label, boolean dashed) {}

    public static Graph of(Workflow workflow) {
        return new Drawing().of(workflow);
    }

    /** In Graphviz's DOT language. */
    public String dot() {
        return Dot.of(this);
    }

    /** As a Mermaid flowchart, which many Markdown viewers render. */
    public String mermaid() {
        return Mermaid.of(this);
    }
}
