package imagefunctions.benchmarks;

import imagefunctions.benchmarks.Competitor.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The results as Markdown: CPU times, and how many times ours the best image library's is. */
final class Table {
    private static final Set<String> NOT_AN_IMAGE_LIBRARY = Set.of("ours", "libjpeg-turbo's programs", "typical Java");
    private static final List<String> BASELINE = List.of("1920x1080", "3000x2000", "4032x3024");
    private static final List<String> PROGRESSIVE = List.of("3000x2000-progressive", "4032x3024-progressive");
    private static final List<String> UNALIGNED = List.of("640x427", "641x479", "3360x2100-map");
    private static final List<String> PROGRESSIVE_UNALIGNED =
            List.of("640x427-progressive", "641x479-progressive", "3360x2100-map-progressive");

    private final List<String> competitors;
    private final Map<String, Map<String, Cost>> rows = new LinkedHashMap<>();

    Table(List<String> competitors) {
        this.competitors = competitors;
    }

    void add(String picture, String operation, Map<String, Cost> costs) {
        rows.put(picture + ", " + operation, costs);
    }

    String markdown(int rounds) {
        StringBuilder text = new StringBuilder("# Image benchmark\n\n");
        text.append(Machine.description())
                .append("\n\nCPU milliseconds of one operation, one thread, warm, medians of ");
        text.append(rounds)
                .append(" interleaved rounds. The ratio is the best image library's time divided by ours.\n\n");
        text.append("| picture, operation | ratio | ")
                .append(String.join(" | ", competitors))
                .append(" |\n");
        text.append("|---|---|").append("---|".repeat(competitors.size())).append('\n');
        rows.forEach((name, costs) -> text.append("| ")
                .append(name)
                .append(" | ")
                .append(number(ratio(costs)))
                .append(" | ")
                .append(competitors.stream()
                        .map(competitor -> number(time(costs, competitor)))
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        text.append("\n## Ratios, geometric means\n\n| operation | baseline | progressive | no multiple of 8 "
                + "| progressive, no multiple of 8 |\n");
        text.append("|---|---|---|---|---|\n");
        Set<String> operations = rows.keySet().stream()
                .map(name -> name.substring(name.indexOf(", ") + 2))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
        for (String operation : operations) {
            text.append("| ").append(operation);
            for (List<String> pictures : List.of(BASELINE, PROGRESSIVE, UNALIGNED, PROGRESSIVE_UNALIGNED)) {
                text.append(" | ").append(number(mean(pictures, operation)));
            }
            text.append(" |\n");
        }
        return text.append("\nOur three steps in one pass against the best library's three encoded steps: ")
                .append(number(mean(BASELINE, "three-steps", "one-pass")))
                .append(" baseline, ")
                .append(number(mean(PROGRESSIVE, "three-steps", "one-pass")))
                .append(" progressive.\n")
                .toString();
    }

    private static double time(Map<String, Cost> costs, String competitor) {
        Cost cost = costs.get(competitor);
        return cost == null ? Double.NaN : cost.milliseconds();
    }

    private static double best(Map<String, Cost> costs) {
        return costs.entrySet().stream()
                .filter(entry -> !NOT_AN_IMAGE_LIBRARY.contains(entry.getKey()))
                .mapToDouble(entry -> entry.getValue().milliseconds())
                .min()
                .orElse(Double.NaN);
    }

    private static double ratio(Map<String, Cost> costs) {
        return best(costs) / time(costs, "ours");
    }

    private double mean(List<String> pictures, String operation) {
        return mean(pictures, operation, operation);
    }

    private double mean(List<String> pictures, String theirs, String ours) {
        List<Double> logs = new ArrayList<>();
        for (String picture : pictures) {
            Map<String, Cost> their = rows.get(picture + ", " + theirs);
            Map<String, Cost> our = rows.get(picture + ", " + ours);
            if (their != null && our != null) {
                logs.add(Math.log(best(their) / time(our, "ours")));
            }
        }
        return Math.exp(logs.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
