package imagefunctions.checks;

import static java.util.Objects.requireNonNull;

import imagefunctions.checks.Rows.Cell;
import imagefunctions.checks.Rows.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the modules and who uses whom, from the POMs: {@code java ModuleMap.java REPOSITORY MAP.svg}.
 */
public final class ModuleMap {
    private static final int MARGIN = 16;
    private static final int GUTTER = 76;
    private static final int PADDING = 14;
    private static final int LINE = 15;
    private static final int ROW_GAP = 44;
    private static final int WRAP = 21;
    private static final double NAME_WIDTH = 8.1;
    private static final double TITLE_WIDTH = 6.6;
    /** The arrows' colours, one for each of those that stand side by side; on light paper and on dark. */
    private static final List<String> LIGHT = List.of("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#7d4e00");

    private static final List<String> DARK = List.of("#4493f8", "#f0883e", "#3fb950", "#ab7df8", "#db61a2", "#d29922");

    private static final String STYLE = """
              .paper { fill: #ffffff; stroke: #d0d7de }
              .layer { fill: #f3f5f8 }
              .label { fill: #57606a; font: italic 13px sans-serif }
              .box { fill: #ffffff; stroke: #57606a }
              .name { fill: #1f2328; font: bold 13px sans-serif; text-anchor: middle }
              .title { fill: #57606a; font: 11.5px sans-serif; text-anchor: middle }
              .use { fill: none; stroke-width: 1.5 }
              @media (prefers-color-scheme: dark) {
                .paper { fill: #0d1117; stroke: #30363d }
                .layer { fill: #161b22 }
                .label, .title { fill: #9198a1 }
                .box { fill: #21262d; stroke: #9198a1 }
                .name { fill: #f0f6fc }
              }
            """;

    private final Rows rows;
    private final Map<Cell, Double> middles;
    private final int[] tops;
    private final int width;
    private final Formatter svg = new Formatter(Locale.ROOT);

    private ModuleMap(Rows rows) {
        this.rows = rows;
        this.middles = Placement.of(rows, ModuleMap::width, 14);
        this.tops = tops();
        this.width = (int) Math.ceil(middles.entrySet().stream()
                        .mapToDouble(middle -> middle.getValue() + width(middle.getKey()) / 2)
                        .max()
                        .orElse(0))
                + GUTTER
                + 4 * MARGIN;
    }

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[1]), svg(Modules.of(Path.of(args[0]))));
    }

    /** The picture, without modules that are only POMs. */
    static String svg(List<Module> modules) {
        return new ModuleMap(Rows.of(
                        modules.stream().filter(module -> !module.aggregator()).toList()))
                .draw();
    }

    private String draw() {
        int height = tops[tops.length - 1] + MARGIN;
        svg.format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n", width, height);
        svg.format("<title>The modules, each above those it uses</title>\n");
        svg.format("<style>\n%s%s\n", STYLE, colours(LIGHT));
        svg.format("  @media (prefers-color-scheme: dark) {\n%s  }\n</style>\n", colours(DARK));
        for (int i = 0; i < LIGHT.size(); i++) {
            svg.format(
                    "<marker id=\"head%d\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\""
                            + " orient=\"auto\"><path class=\"c%d head\" d=\"M0 .5L8 4L0 7.5z\"/></marker>\n",
                    i, i);
        }
        svg.format(
                "<rect class=\"paper\" x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n",
                width - 1, height - 1);
        for (Layer layer : Layer.values()) {
            layer(layer);
        }
        rows.links().forEach(this::link);
        rows.rows().forEach(row -> row.forEach(this::cell));
        svg.format("</svg>\n");
        return svg.toString();
    }

    private void layer(Layer layer) {
        List<Integer> own = new ArrayList<>();
        for (int row = 0; row < rows.rows().size(); row++) {
            if (layerOf(row) == layer) {
                own.add(row);
            }
        }
        if (!own.isEmpty()) {
            int top = tops[own.getFirst()] - PADDING;
            int bottom = tops[own.getLast()] + height(own.getLast()) + PADDING;
            svg.format(
                    "<rect class=\"layer\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n",
                    MARGIN, top, width - 2 * MARGIN, bottom - top);
            svg.format("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>\n", MARGIN + 10, top + 22, layer.title());
        }
    }

    private void link(Link link) {
        double x1 = x(link.from());
        double x2 = x(link.to());
        int y1 = link.from().passage() ? tops[link.from().row()] : bottom(link.from());
        int y2 = tops[link.to().row()];
        // Straight to the row's end first, past its taller boxes, then over to the next row.
        int from = tops[link.from().row()] + height(link.from().row());
        int bend = (y2 - from) / 2;
        svg.format(
                "<path class=\"c%d use\" d=\"M%.0f %dV%dC%.0f %d %.0f %d %.0f %d\"%s/>\n",
                colour(link),
                x1,
                y1,
                from,
                x1,
                from + bend,
                x2,
                y2 - bend,
                x2,
                y2,
                link.to().passage() ? "" : " marker-end=\"url(#head" + colour(link) + ")\"");
    }

    /** The colour of all arrows of a module: its place in its row. */
    private int colour(Link link) {
        Module module = link.from().module();
        return rows.rows().stream()
                        .flatMap(List::stream)
                        .filter(cell -> !cell.passage() && cell.module().layer() == module.layer())
                        .map(Cell::module)
                        .toList()
                        .indexOf(module)
                % LIGHT.size();
    }

    private static String colours(List<String> colours) {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < colours.size(); i++) {
            css.append("  .c%d { stroke: %s } .c%d.head { fill: %s; stroke: none }%n"
                    .formatted(i, colours.get(i), i, colours.get(i)));
        }
        return css.toString();
    }

    private void cell(Cell cell) {
        if (cell.passage()) {
            return;
        }
        int top = tops[cell.row()];
        svg.format(
                "<rect class=\"box\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"4\"/>\n",
                x(cell) - width(cell) / 2, top, width(cell), bottom(cell) - top);
        svg.format(
                "<text class=\"name\" x=\"%.0f\" y=\"%d\">%s</text>\n",
                x(cell), top + 19, cell.module().name());
        int y = top + 20;
        for (String words : wrapped(cell.module().title())) {
            y += LINE;
            svg.format("<text class=\"title\" x=\"%.0f\" y=\"%d\">%s</text>\n", x(cell), y, escaped(words));
        }
    }

    private double x(Cell cell) {
        return requireNonNull(middles.get(cell)) + GUTTER + 2 * MARGIN;
    }

    private int bottom(Cell cell) {
        return tops[cell.row()] + height(cell);
    }

    /** Where each row begins, and behind the last one where the picture ends. */
    private int[] tops() {
        int[] all = new int[rows.rows().size() + 1];
        int top = MARGIN;
        for (int row = 0; row < rows.rows().size(); row++) {
            boolean first = row == 0 || layerOf(row) != layerOf(row - 1);
            all[row] = top + (first ? PADDING : 0);
            top = all[row] + height(row) + ROW_GAP;
        }
        all[rows.rows().size()] = top - ROW_GAP + MARGIN;
        return all;
    }

    private Layer layerOf(int row) {
        return rows.rows().get(row).stream()
                .filter(cell -> !cell.passage())
                .findFirst()
                .orElseThrow()
                .module()
                .layer();
    }

    private int height(int row) {
        return rows.rows().get(row).stream().mapToInt(ModuleMap::height).max().orElse(0);
    }

    private static int height(Cell cell) {
        return cell.passage() ? 0 : 30 + LINE * wrapped(cell.module().title()).size();
    }

    private static double width(Cell cell) {
        if (cell.passage()) {
            return 8;
        }
        double title = wrapped(cell.module().title()).stream()
                .mapToDouble(words -> words.length() * TITLE_WIDTH)
                .max()
                .orElse(0);
        return Math.max(cell.module().name().length() * NAME_WIDTH, title) + 20;
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (!lines.isEmpty() && lines.getLast().length() + 1 + word.length() <= WRAP) {
                lines.add(lines.removeLast() + " " + word);
            } else if (!word.isEmpty()) {
                lines.add(word);
            }
        }
        return lines;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
