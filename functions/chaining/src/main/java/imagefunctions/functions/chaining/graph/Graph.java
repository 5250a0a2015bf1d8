package imagefunctions.functions.chaining.graph;

import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.List;

/** A workflow as nodes, groups of nodes, and edges. */
public record Graph(String title, List<Part> parts, List<Edge> edges) {
    public Graph {
        parts = List.copyOf(parts);
        edges = List.copyOf(edges);
    }

    /** Something to draw. */
    sealed interface Part {}

    record Node(String id, Shape shape, List<String> lines) implements Part {}

    record Group(String id, String title, List<Part> parts) implements Part {}

    enum Shape {
        /** The body that comes in, the result that goes out. */
        BODY,
        FUNCTION,
        CONDITION,
        /** Where branches part, and where they come together. */
        BRANCHES
    }

    /** An arrow; a dashed one carries no body. */
    record Edge(String from, String to, String label, boolean dashed) {}

    public static Graph of(Workflow flow) {
        return new Drawing().of(flow);
    }

    /** In the language of Graphviz. */
    public String dot() {
        return Dot.of(this);
    }

    /** In the language of Mermaid, which many Markdown viewers draw. */
    public String mermaid() {
        return Mermaid.of(this);
    }
}
