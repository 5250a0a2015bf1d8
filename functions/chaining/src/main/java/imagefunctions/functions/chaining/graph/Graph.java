package imagefunctions.functions.chaining.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.functions.chaining.workflow.Workflow;
import java.util.List;

/** A workflow as nodes, groups of nodes, and edges. */
public record Graph(String title, List<Part> parts, List<Edge> edges) {
    private static final JsonMapper JSON = new JsonMapper();

    public Graph {
        parts = List.copyOf(parts);
        edges = List.copyOf(edges);
    }

    /** A node or a group of nodes. */
    sealed interface Part {}

    /**
     * A node.
     *
     * @param index of the step that it is, as runs number theirs, with {@code *} for an iteration's; empty if it is none
     */
    record Node(String id, Shape shape, List<String> lines, String index) implements Part {}

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

    /** As JSON. */
    public byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts are always JSON", e);
        }
    }

    /** As a Mermaid flowchart, which many Markdown viewers render. */
    public String mermaid() {
        return Mermaid.of(this);
    }
}
