package imagefunctions.functions.chaining.graph;

import imagefunctions.functions.chaining.graph.Graph.Edge;
import imagefunctions.functions.chaining.graph.Graph.Group;
import imagefunctions.functions.chaining.graph.Graph.Node;
import imagefunctions.functions.chaining.graph.Graph.Part;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a graph as a Mermaid flowchart. */
final class Mermaid {
    private final StringBuilder out = new StringBuilder();

    private Mermaid() {}

    static String of(Graph graph) {
        Mermaid mermaid = new Mermaid();
        mermaid.line("", "flowchart TD");
        mermaid.parts("  ", graph.parts());
        graph.edges().forEach(mermaid::edge);
        return mermaid.out.toString();
    }

    private void parts(String indent, List<Part> parts) {
        for (Part part : parts) {
            switch (part) {
                case Node node -> line(indent, node.id() + shape(node));
                case Group group -> {
                    line(indent, "subgraph " + group.id() + "[" + quoted(List.of(group.title())) + "]");
                    parts(indent + "  ", group.parts());
                    line(indent, "end");
                }
            }
        }
    }

    private static String shape(Node node) {
        String text = quoted(node.lines());
        return switch (node.shape()) {
            case BODY -> "([" + text + "])";
            case FUNCTION -> "[" + text + "]";
            case CONDITION -> "{" + text + "}";
            case BRANCHES -> "{{" + text + "}}";
        };
    }

    private void edge(Edge edge) {
        String label = edge.label().isEmpty() ? "" : "|" + quoted(List.of(edge.label())) + "|";
        line("  ", edge.from() + (edge.dashed() ? " -.->" : " -->") + label + " " + edge.to());
    }

    /** Mermaid escapes its special characters as entities that start with #. */
    private static String quoted(List<String> lines) {
        return lines.stream()
                .map(line -> line.replace("#", "#35;")
                        .replace("\"", "#quot;")
                        .replace("<", "#lt;")
                        .replace(">", "#gt;")
                        .replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("<br/>", "\"", "\""));
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }
}
