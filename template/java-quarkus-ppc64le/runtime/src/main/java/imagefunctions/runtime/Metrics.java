package imagefunctions.runtime;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The figures of this process as Prometheus reads them. Names are Prometheus' own, with unit and {@code _total}; labels are
 * names and values in turn, always in the same order.
 */
@Singleton
public final class Metrics {
    /** Of {@link #text}: Prometheus' text format. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final SortedMap<String, Family> families = new ConcurrentSkipListMap<>();

    /** Adds to a counter. */
    public void count(String name, long amount, String... labels) {
        Series series = family(name, "counter").series(list(labels), Counter::new);
        ((Counter) series).sum().add(amount);
    }

    /** Counts what took this long, in seconds: {@code NAME_count}, {@code NAME_sum}, and how many took at most how long. */
    public void time(String name, Duration took, String... labels) {
        Series series = family(name, "histogram").series(list(labels), Histogram::new);
        ((Histogram) series).add(took);
    }

    /** A figure that goes up and down, asked for when it is read. */
    public void gauge(String name, DoubleSupplier value, String... labels) {
        family(name, "gauge").series(list(labels), () -> new Elsewhere(value));
    }

    /** A counter that is kept elsewhere, asked for when it is read. */
    public void counter(String name, DoubleSupplier value) {
        family(name, "counter").series("", () -> new Elsewhere(value));
    }

    /** How often something of these first labels was timed. */
    public long timed(String name, String... labels) {
        String start = list(labels);
        return families.getOrDefault(name, new Family("histogram")).series.entrySet().stream()
                .filter(series -> series.getKey().startsWith(start))
                .mapToLong(series -> ((Histogram) series.getValue()).count())
                .sum();
    }

    /** All figures, a line each. */
    public String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            text.append("# TYPE %s %s\n".formatted(name, family.type));
            family.series.forEach((labels, series) -> series.write(text, name, labels));
        });
        return text.toString();
    }

    private Family family(String name, String type) {
        return families.computeIfAbsent(name, first -> new Family(type));
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

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name)
                .append(labels.isEmpty() ? "" : "{" + labels + "}")
                .append(' ')
                .append(value)
                .append('\n');
    }

    /** What has one name, by its labels. */
    private static final class Family {
        private final String type;
        private final Map<String, Series> series = new ConcurrentSkipListMap<>();

        Family(String type) {
            this.type = type;
        }

        Series series(String labels, Supplier<Series> first) {
            return series.computeIfAbsent(labels, missing -> first.get());
        }
    }

    private sealed interface Series {
        void write(StringBuilder text, String name, String labels);
    }

    private record Elsewhere(DoubleSupplier value) implements Series {
        @Override
        public void write(StringBuilder text, String name, String labels) {
            line(text, name, labels, value.getAsDouble());
        }
    }

    private record Counter(LongAdder sum) implements Series {
        Counter() {
            this(new LongAdder());
        }

        @Override
        public void write(StringBuilder text, String name, String labels) {
            line(text, name, labels, (double) sum.sum());
        }
    }

    private static final class Histogram implements Series {
        private static final double NANOS_PER_SECOND = 1e9;

        /** Seconds. A function answers within milliseconds, a workflow within minutes. */
        private static final double[] BOUNDS = {
            0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 300
        };

        /** Of each bound, what took longer than the one before it; at the end, what took longer than all. */
        private final LongAdder[] counts =
                Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toArray(LongAdder[]::new);

        private final LongAdder nanos = new LongAdder();

        void add(Duration took) {
            int at = Arrays.binarySearch(BOUNDS, took.toNanos() / NANOS_PER_SECOND);
            counts[at < 0 ? -at - 1 : at].increment();
            nanos.add(took.toNanos());
        }

        long count() {
            return Stream.of(counts).mapToLong(LongAdder::sum).sum();
        }

        @Override
        public void write(StringBuilder text, String name, String labels) {
            String before = labels.isEmpty() ? "le=\"" : labels + ",le=\"";
            long count = 0;
            for (int i = 0; i < BOUNDS.length; i++) {
                count += counts[i].sum();
                line(text, name + "_bucket", before + BOUNDS[i] + "\"", (double) count);
            }
            count += counts[BOUNDS.length].sum();
            line(text, name + "_bucket", before + "+Inf\"", (double) count);
            line(text, name + "_count", labels, (double) count);
            line(text, name + "_sum", labels, nanos.sum() / NANOS_PER_SECOND);
        }
    }
}
