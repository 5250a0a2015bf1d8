package imagefunctions.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is measured of one operation on one picture, round by round. */
final class Measurement {
    private final String name;
    private final String operation;
    private final Path picture;
    private final Map<String, List<Double>> costs = new LinkedHashMap<>();
    private final Map<String, Quality> qualities = new LinkedHashMap<>();
    private final List<Double> loads = new ArrayList<>();

    Measurement(String name, String operation, Path picture) {
        this.name = name;
        this.operation = operation;
        this.picture = picture;
    }

    String operation() {
        return operation;
    }

    Path picture() {
        return picture;
    }

    /** Whether nobody has taken part yet. */
    boolean isNew() {
        return costs.isEmpty();
    }

    void judge(String competitor, Quality quality) {
        qualities.put(competitor, quality);
    }

    void add(String competitor, double milliseconds) {
        costs.computeIfAbsent(competitor, first -> new ArrayList<>()).add(milliseconds);
    }

    void load(double load) {
        loads.add(load);
    }

    /** The medians of all rounds so far, by competitor. */
    Map<String, Double> medians() {
        Map<String, Double> medians = new LinkedHashMap<>();
        costs.forEach((competitor, each) -> medians.put(competitor, median(each)));
        return medians;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    Row row() {
        return new Row(name, operation, medians(), qualities, median(loads));
    }
}
