package imagefunctions.benchmarks;

import imagefunctions.jpeg.format.JpegFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs every operation of every competitor on every picture, interleaved, and writes the table of CPU times, `images.md`:
 * `ImageBenchmark PICTURES PEERS FOLDER ROUNDS`. The variables PICTURES and OPERATIONS name the ones to run, with
 * blanks between them and `*` for any end of a name, if not all.
 */
public final class ImageBenchmark {
    private static final double ROUND_MILLISECONDS = 40;
    private static final double FAR_BEHIND = 3;

    /** Keeps freed memory instead of giving it back to the system after every picture: faster for native peers. */
    private static final Map<String, String> TUNED_MALLOC = Map.of(
            "MALLOC_TOP_PAD_", "268435456",
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "1073741824");

    private final List<Competitor> competitors = new ArrayList<>(List.of(new Engine().competitor()));
    private final Optional<Referee> referee;
    private final int rounds;

    private ImageBenchmark(Path peers, Path folder, int rounds) {
        for (String peer : List.of("pillow.py", "vips.py", "magick.py", "gmagick.py", "turbojpeg.py", "sharp.mjs")) {
            start(peers, peer).ifPresent(competitors::add);
        }
        competitors.add(TypicalJava.competitor());
        referee = start(peers, "referee.py").map(pillow -> new Referee(pillow, folder));
        this.rounds = rounds;
    }

    public static void main(String[] args) throws IOException {
        List<String> operations = chosen("OPERATIONS", Operations.ALL);
        Map<String, Path> pictures = pictures(Path.of(args[0]));
        Path folder = Path.of(args[2]);
        new ImageBenchmark(Path.of(args[1]), folder, Integer.parseInt(args[3]))
                .run(pictures, operations, folder.resolve("images.md"));
    }

    /** Rounds over the whole table are minutes apart, so that what disturbs the machine for a while disturbs one of them. */
    private void run(Map<String, Path> pictures, List<String> operations, Path result) throws IOException {
        List<Measurement> measurements = measurements(pictures, operations);
        // What all operations share is compiled before the first of them is measured.
        Path first = pictures.values().iterator().next();
        competitors.forEach(competitor -> warm(competitor, operations.getFirst(), first));
        for (int round = 1; round <= rounds; round++) {
            for (Measurement measurement : measurements) {
                measure(measurement);
            }
            System.out.println("round " + round + " of " + rounds + " done");
            Table table = new Table(competitors.stream().map(Competitor::name).toList(), round);
            measurements.forEach(measurement -> table.add(measurement.row()));
            Files.writeString(result, table.markdown());
        }
        competitors.forEach(Competitor::close);
        referee.ifPresent(judge -> judge.pillow().close());
    }

    private static List<Measurement> measurements(Map<String, Path> pictures, List<String> operations)
            throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        for (Map.Entry<String, Path> picture : pictures.entrySet()) {
            String name = picture.getKey();
            JpegFile file = JpegFile.parse(Files.readAllBytes(picture.getValue()));
            for (String operation : operations.equals(Operations.ALL) ? Pictures.operations(name) : operations) {
                if (Operations.suits(operation, file.width(), file.height())) {
                    measurements.add(new Measurement(name, operation, picture.getValue()));
                }
            }
        }
        return measurements;
    }

    private static Map<String, Path> pictures(Path folder) throws IOException {
        Map<String, Path> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jpg"))
                    .forEach(file -> all.put(file.getFileName().toString().replace(".jpg", ""), file));
        }
        Map<String, Path> chosen = new LinkedHashMap<>();
        for (String name : chosen("PICTURES", List.copyOf(all.keySet()))) {
            chosen.put(name, Objects.requireNonNull(all.get(name)));
        }
        return chosen;
    }

    /** The names that an environment variable asks for, in its order, and at least one for each; all, if it is not set. */
    private static List<String> chosen(String variable, List<String> all) {
        String value = System.getenv().getOrDefault(variable, "*").strip();
        List<String> patterns = List.of((value.isEmpty() ? "*" : value).split("\\s+"));
        for (String pattern : patterns) {
            if (all.stream().noneMatch(name -> isMeant(name, pattern))) {
                System.err.println(variable + ": there is no " + pattern + ", only " + String.join(", ", all));
                System.exit(2);
            }
        }
        return patterns.stream()
                .flatMap(pattern -> all.stream().filter(name -> isMeant(name, pattern)))
                .distinct()
                .toList();
    }

    private static boolean isMeant(String name, String pattern) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static Optional<ProcessPeer> start(Path peers, String script) {
        String program = script.endsWith(".py") ? peers.resolve("python.sh").toString() : "node";
        return ProcessPeer.start(List.of(program, peers.resolve(script).toString()), TUNED_MALLOC);
    }

    /** One competitor after the other. Who is far behind the best library takes part in the first round alone. */
    private void measure(Measurement measurement) throws IOException {
        String operation = measurement.operation();
        Path picture = measurement.picture();
        Map<String, Double> expected = new LinkedHashMap<>();
        if (measurement.isNew()) {
            for (Competitor competitor : competitors) {
                warm(competitor, operation, picture).ifPresent(cost -> expected.put(competitor.name(), cost));
                if (Operations.isThumbnail(operation)
                        && expected.containsKey(competitor.name())
                        && referee.isPresent()) {
                    measurement.judge(competitor.name(), referee.get().judge(competitor, operation, picture));
                }
            }
        } else {
            expected.putAll(measurement.medians());
            double most = FAR_BEHIND * expected.getOrDefault(Row.best(expected), Double.POSITIVE_INFINITY);
            expected.values().removeIf(cost -> cost > most);
        }
        for (Competitor competitor : competitors) {
            Double cost = expected.get(competitor.name());
            if (cost != null) {
                int times = (int) Math.clamp(ROUND_MILLISECONDS / cost, 1, 200);
                competitor.run(operation, picture, 1);
                competitor.run(operation, picture, times).ifPresent(time -> measurement.add(competitor.name(), time));
            }
        }
        measurement.load(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static OptionalDouble warm(Competitor competitor, String operation, Path picture) {
        OptionalDouble cost = competitor.run(operation, picture, 1);
        // By the time that it had a processor: on a busy machine a second of the clock may be only a few calls.
        for (double spent = 0; cost.isPresent() && spent < competitor.warmUp(); spent += 2 * cost.getAsDouble()) {
            cost = competitor.run(operation, picture, 2);
        }
        return cost;
    }
}
