package imagefunctions.runtime;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The figures of this process as Prometheus reads them. Names are Prometheus' own, with unit and {@code _total}; labels are
 * names and values in turn, always in the same order.
 */
@Singleton
public final class Metrics {
    /** Of {@link #text}: Prometheus' text format. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NANOS_PER_SECOND = 1e9;

    private final SortedMap<String, Family> families = new ConcurrentSkipListMap<>();

    /** Adds to a counter. */
    public void count(String name, long amount, String... labels) {
        counter(name, "counter", name + braces(labels), 1).add(amount);
    }

    /** Counts what took this long: {@code NAME_count}, and {@code NAME_sum} in seconds. */
    public void time(String name, Duration took, String... labels) {
        String series = braces(labels);
        counter(name, "summary", name + "_count" + series, 1).add(1);
        counter(name, "summary", name + "_sum" + series, NANOS_PER_SECOND).add(took.toNanos());
    }

    /** A figure that goes up and down, asked for when it is read. */
    public void gauge(String name, DoubleSupplier value) {
        family(name, "gauge").series().put(name, value);
    }

    /** A counter that is kept elsewhere, asked for when it is read. */
    public void counter(String name, DoubleSupplier value) {
        family(name, "counter").series().put(name, value);
    }

    /** How often something of these first labels was timed. */
    public long timed(String name, String... labels) {
        String start = name + "_count{" + list(labels);
        return families.getOrDefault(name, Family.of("summary")).series().entrySet().stream()
                .filter(series -> series.getKey().startsWith(start))
                .mapToLong(series -> (long) series.getValue().getAsDouble())
                .sum();
    }

    /** All figures, a line each. */
    public String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            family.series().forEach((series, value) -> text.append(series)
                    .append(' ')
                    .append(value.getAsDouble())
                    .append('\n'));
        });
        return text.toString();
    }

    private LongAdder counter(String name, String type, String series, double unit) {
        return ((Counter) family(name, type)
                        .series()
                        .computeIfAbsent(series, first -> new Counter(new LongAdder(), unit)))
                .sum();
    }

    private Family family(String name, String type) {
        return families.computeIfAbsent(name, first -> Family.of(type));
    }

    private static String braces(String... labels) {
        return labels.length == 0 ? "" : "{" + list(labels) + "}";
    }

    private static String list(String... labels) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            list.append(i == 0 ? "" : ",")
                    .append(labels[i])
                    .append("=\"")
                    .append(labels[i + 1]
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n"))
                    .append('"');
        }
        return list.toString();
    }

    /** What has one name: its series, each by its line's beginning. */
    private record Family(String type, Map<String, DoubleSupplier> series) {
        static Family of(String type) {
            return new Family(type, new ConcurrentSkipListMap<>());
        }
    }

    private record Counter(LongAdder sum, double unit) implements DoubleSupplier {
        @Override
        public double getAsDouble() {
            return sum.sum() / unit;
        }
    }
}
