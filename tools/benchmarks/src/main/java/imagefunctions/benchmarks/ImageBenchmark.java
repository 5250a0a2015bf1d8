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

    private void run(Map<String, Path> pictures, List<String> operations, Path result) throws IOException {
        Table table = new Table(competitors.stream().map(Competitor::name).toList(), rounds);
        // What all operations share is compiled before the first of them is measured.
        Path first = pictures.values().iterator().next();
        competitors.forEach(competitor -> warm(competitor, operations.getFirst(), first));
        for (String name : pictures.keySet()) {
            Path picture = pictures.get(name);
            JpegFile file = JpegFile.parse(Files.readAllBytes(picture));
            for (String operation : operations.equals(Operations.ALL) ? Pictures.operations(name) : operations) {
                if (Operations.suits(operation, file.width(), file.height())) {
                    table.add(row(name, operation, picture));
                }
            }
            System.out.println(name + " done");
            Files.writeString(result, table.markdown());
        }
        competitors.forEach(Competitor::close);
        referee.ifPresent(judge -> judge.pillow().close());
    }

    private Row row(String name, String operation, Path picture) throws IOException {
        Map<String, Double> medians = medians(operation, picture);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Map<String, Quality> qualities = new LinkedHashMap<>();
        for (Competitor competitor : competitors) {
            if (Operations.isThumbnail(operation) && medians.containsKey(competitor.name()) && referee.isPresent()) {
                qualities.put(competitor.name(), referee.get().judge(competitor, operation, picture));
            }
        }
        return new Row(name, operation, medians, qualities, load);
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

    /**
     * One competitor after the other in each round, so that what disturbs the machine disturbs them all. Who is far behind
     * the best library takes part in the first round alone.
     */
    private Map<String, Double> medians(String operation, Path picture) {
        Map<String, Double> warm = new LinkedHashMap<>();
        for (Competitor competitor : competitors) {
            warm(competitor, operation, picture).ifPresent(cost -> warm.put(competitor.name(), cost));
        }
        double farBehind = FAR_BEHIND * warm.getOrDefault(Row.best(warm), Double.POSITIVE_INFINITY);
        Map<String, List<Double>> costs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Competitor competitor : competitors) {
                double cost = warm.getOrDefault(competitor.name(), Double.NaN);
                if (cost < farBehind || (round == 0 && cost >= farBehind)) {
                    int times = (int) Math.clamp(ROUND_MILLISECONDS / cost, 1, 200);
                    competitor
                            .run(operation, picture, times)
                            .ifPresent(costs.computeIfAbsent(competitor.name(), name -> new ArrayList<>())::add);
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        costs.forEach((name, list) ->
                medians.put(name, list.stream().sorted().toList().get(list.size() / 2)));
        return medians;
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
