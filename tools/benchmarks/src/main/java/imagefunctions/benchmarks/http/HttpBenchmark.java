package imagefunctions.benchmarks.http;

import imagefunctions.benchmarks.Latencies;
import imagefunctions.benchmarks.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Posts the same photos to our functions and to the original's: {@code OURS PID THEIRS NAME PID SAMPLES}, addresses with the
 * ids of the processes that serve there. Prints a table in Markdown.
 */
public final class HttpBenchmark {
    private static final List<String> FUNCTIONS =
            List.of("draft", "thumbnail", "bw", "bw?quality=75", "transpose", "transpose?quality=75");
    private static final List<Integer> CONNECTIONS = List.of(1, 2, 16);
    private static final int ROUNDS = 3;
    private static final long EACH = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(4);

    /** What one server did in all rounds of one row. */
    private static final class Tally {
        private final List<Latencies> rounds = new ArrayList<>();
        private double cpuSeconds;

        void add(Server server, String function, byte[] photo, int connections) throws Exception {
            double before = server.cpuSeconds();
            rounds.add(Latencies.of(() -> server.call(function, photo), connections, EACH));
            cpuSeconds += server.cpuSeconds() - before;
        }

        double perCpuSecond() {
            return rounds.stream().mapToInt(round -> round.each().size()).sum() / cpuSeconds;
        }

        /** The median of the rounds' quantiles. */
        double millis(double quantile) {
            return rounds.stream()
                    .map(round -> round.millis(quantile))
                    .sorted()
                    .skip(ROUNDS / 2)
                    .findFirst()
                    .orElseThrow();
        }

        String row() {
            return String.format(Locale.ROOT, "%.0f | %.1f | %.1f", perCpuSecond(), millis(0.5), millis(0.99));
        }
    }

    private HttpBenchmark() {}

    public static void main(String[] args) throws Exception {
        try (Server ours = new Server("ours", args[0], args[1]);
                Server seed = new Server(args[3], args[2], args[4])) {
            Map<String, byte[]> photos = photos(ours, Path.of(args[5]));
            print("- " + Machine.description());
            print("- ours beside " + seed.name());
            print("");
            print("| photo, function | connections | ratio | ours: per CPU second | p50 ms | p99 ms"
                    + " | the original's: per CPU second | p50 ms | p99 ms |");
            print("|---|---|---|---|---|---|---|---|---|");
            for (byte[] photo : photos.values()) {
                for (String function : FUNCTIONS) {
                    Latencies.of(() -> ours.call(function, photo), 2, WARM_UP);
                    Latencies.of(() -> seed.call(function, photo), 2, WARM_UP / 4);
                }
            }
            for (Map.Entry<String, byte[]> photo : photos.entrySet()) {
                for (String function : FUNCTIONS) {
                    measure(ours, seed, photo.getKey(), function, photo.getValue());
                }
            }
            printCallCost(ours, photos);
        }
    }

    /** One of the sample photos as it is, one made small, and one that is next to nothing beside its call. */
    private static Map<String, byte[]> photos(Server server, Path samples) throws Exception {
        byte[] portrait = Files.readAllBytes(samples.resolve("portrait.jpg"));
        Map<String, byte[]> photos = new LinkedHashMap<>();
        photos.put("7x9", Files.readAllBytes(samples.resolve("fixtures/7x9.jpg")));
        photos.put("640x427", server.call("thumbnail?width=640&quality=93&autorotate=false", portrait));
        photos.put("1920x1080", Files.readAllBytes(samples.resolve("seeding.jpg")));
        return photos;
    }

    /** The servers take turns, so that what else the machine does meets them alike. */
    private static void measure(Server ours, Server seed, String name, String function, byte[] photo) throws Exception {
        for (int connections : CONNECTIONS) {
            Tally our = new Tally();
            Tally their = new Tally();
            for (int round = 0; round < ROUNDS; round++) {
                our.add(ours, function, photo, connections);
                their.add(seed, function, photo, connections);
            }
            print(String.format(
                    Locale.ROOT,
                    "| %s, %s | %d | %.2f | %s | %s |",
                    name,
                    function,
                    connections,
                    our.perCpuSecond() / their.perCpuSecond(),
                    our.row(),
                    their.row()));
        }
    }

    private static void printCallCost(Server ours, Map<String, byte[]> photos) throws Exception {
        print("");
        print("## What a call costs beside its picture");
        print("");
        print(
                "Microseconds of CPU of a call of `draft`, one after the other over one connection, and of the same picture");
        print(
                "in the benchmark's own thread: medians of five rounds. HTTP, limits, metrics and the log make the difference.");
        print("");
        print("| photo | a call | its picture alone | the call beside it |");
        print("|---|---|---|---|");
        CallCost cost = new CallCost(ours);
        for (Map.Entry<String, byte[]> photo : photos.entrySet()) {
            print(cost.row(photo.getKey(), photo.getValue()));
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
