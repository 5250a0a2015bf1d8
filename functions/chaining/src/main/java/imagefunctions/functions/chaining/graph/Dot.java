package imagefunctions.functions.chaining.graph;

import imagefunctions.functions.chaining.graph.Graph.Edge;
import imagefunctions.functions.chaining.graph.Graph.Group;
import imagefunctions.functions.chaining.graph.Graph.Node;
import imagefunctions.functions.chaining.graph.Graph.Part;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a graph for Graphviz. */
final class Dot {
    private final StringBuilder out = new StringBuilder();

    private Dot() {}

    static String of(Graph graph) {
        Dot dot = new Dot();
        dot.line("", "digraph " + quoted(List.of(graph.title())) + " {");
        dot.parts("  ", graph.parts());
        graph.edges().forEach(dot::edge);
        dot.line("", "}");
        return dot.out.toString();
    }

    private void parts(String indent, List<Part> parts) {
        for (Part part : parts) {
            switch (part) {
                case Node node ->
                    line(indent, node.id() + " [shape=" + shape(node) + ", label=" + quoted(node.lines()) + "];");
                case Group group -> {
                    line(indent, "subgraph cluster_" + group.id() + " {");
                    line(indent + "  ", "label=" + quoted(List.of(group.title())) + ";");
                    parts(indent + "  ", group.parts());
                    line(indent, "}");
                }
            }
        }
    }

    private static String shape(Node node) {
        return switch (node.shape()) {
            case BODY -> "oval";
            case FUNCTION -> "box";
            case CONDITION -> "diamond";
            case BRANCHES -> "hexagon";
        };
    }

    private void edge(Edge edge) {
        String label = edge.label().isEmpty() ? "" : "label=" + quoted(List.of(edge.label()));
        String style = edge.dashed() ? "style=dashed" : "";
        String between = label.isEmpty() || style.isEmpty() ? "" : ", ";
        String all = label + between + style;
        line("  ", edge.from() + " -> " + edge.to() + (all.isEmpty() ? "" : " [" + all + "]") + ";");
    }

    private static String quoted(List<String> lines) {
        return lines.stream()
                .map(line -> line.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " "))
                .collect(Collectors.joining("\\n", "\"", "\""));
    }

    private void line(String indent, String text) {
        out.append(indent).append(text).append('\n');
    }
}
