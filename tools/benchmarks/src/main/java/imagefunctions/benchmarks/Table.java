package imagefunctions.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as Markdown: CPU times, and how many times ours the best image library's is. */
final class Table {
    private static final String INTRODUCTION = """
            CPU milliseconds of one operation, one thread, warm, medians of rounds over the whole table, minutes apart (of
            what takes three times as long as the best library, one round). For thumbnails also how alike they are to the whole picture decoded and
            made small by Pillow's Lanczos filter: PSNR in dB, and SSIM.
            Colour at quality 75 is 4:2:0, of everybody and whatever the picture has; ours keeps the picture's quality and
            sampling in `bw` and `transpose` as they are named, and has 75 in `bw75`, `transpose75` and thumbnails.
            The ratio is the time of the best image library, which is named, divided by ours; beside it is by how many dB
            our thumbnail is better than its. Load is the machine's over the last minute, this benchmark included: one
            process of it works at a time. `./run bench images` writes this page.

            """;

    private final List<String> competitors;
    private final int rounds;
    private final List<Row> rows = new ArrayList<>();

    Table(List<String> competitors, int rounds) {
        this.competitors = competitors;
        this.rounds = rounds;
    }

    void add(Row row) {
        rows.add(row);
    }

    String markdown() {
        List<List<String>> measured = new ArrayList<>();
        measured.add(Stream.concat(
                        Stream.of("picture", "operation", "ratio", "best library", "dB", "load"), competitors.stream())
                .toList());
        rows.forEach(row -> measured.add(cells(row)));
        Map<String, List<String>> groups =
                Pictures.groups(rows.stream().map(Row::picture).distinct().toList());
        List<List<String>> means = new ArrayList<>();
        means.add(
                Stream.concat(Stream.of("operation"), groups.keySet().stream()).toList());
        rows.stream().map(Row::operation).distinct().forEach(operation -> means.add(means(operation, groups)));
        return "# Image benchmark\n\n" + Machine.description() + "; rounds: " + rounds + "\n\n" + INTRODUCTION
                + lines(measured) + "\n## Ratios, geometric means\n\n" + legend(groups) + "\n" + lines(means)
                + onePass(groups);
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(
                row.picture(),
                row.operation(),
                number(row.ratio()),
                Row.library(row.best()),
                signed(row.advantage()),
                number(row.load())));
        for (String competitor : competitors) {
            Quality quality = row.qualities().get(competitor);
            cells.add(number(row.time(competitor))
                    + (quality == null
                            ? ""
                            : String.format(Locale.ROOT, " / %.1f / %.3f", quality.psnr(), quality.ssim())));
        }
        return cells;
    }

    private static String legend(Map<String, List<String>> groups) {
        return groups.entrySet().stream()
                .map(group -> "- " + group.getKey() + ": " + String.join(", ", group.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private List<String> means(String operation, Map<String, List<String>> groups) {
        List<String> cells = new ArrayList<>(List.of(operation));
        groups.values().forEach(pictures -> cells.add(number(mean(pictures, operation, operation))));
        return cells;
    }

    /** What one edit saves that does three steps at once, if all of it was measured. */
    private String onePass(Map<String, List<String>> groups) {
        Map<String, String> means = new LinkedHashMap<>();
        groups.forEach((name, pictures) -> means.put(name, number(mean(pictures, "three-steps", "one-pass"))));
        means.values().removeIf("-"::equals);
        return means.isEmpty()
                ? ""
                : "\nOur three steps in one pass against the best library's three encoded steps: "
                        + means.entrySet().stream()
                                .map(mean -> mean.getValue() + " " + mean.getKey())
                                .collect(Collectors.joining(", "))
                        + ".\n";
    }

    private double mean(List<String> pictures, String theirs, String ours) {
        List<Double> logarithms = new ArrayList<>();
        for (String picture : pictures) {
            Optional<Row> their = row(picture, theirs);
            Optional<Row> our = row(picture, ours);
            if (their.isPresent() && our.isPresent()) {
                logarithms.add(Math.log(
                        their.get().time(their.get().best()) / our.get().time(Row.OURS)));
            }
        }
        return Math.exp(
                logarithms.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
    }

    private Optional<Row> row(String picture, String operation) {
        return rows.stream()
                .filter(row -> row.picture().equals(picture) && row.operation().equals(operation))
                .findFirst();
    }

    private static String lines(List<List<String>> cells) {
        String rule = "|" + "---|".repeat(cells.getFirst().size()) + "\n";
        List<String> lines = cells.stream()
                .map(row -> "| " + String.join(" | ", row) + " |\n")
                .toList();
        return lines.getFirst() + rule + String.join("", lines.subList(1, lines.size()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%+.1f", value);
    }
}
