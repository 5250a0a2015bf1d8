package imagefunctions.benchmarks;

import imagefunctions.benchmarks.Competitor.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs every operation of every competitor on every picture, interleaved, and writes the table of CPU times:
 * `ImageBenchmark PICTURES PEERS RESULT.md ROUNDS`. The variables PICTURES and OPERATIONS name the ones to run, with
 * blanks between them, if not all.
 */
public final class ImageBenchmark {
    private static final List<String> OPERATIONS =
            List.of("draft", "thumbnail", "bw", "bw75", "transpose", "transpose75", "one-pass", "three-steps");
    private static final double ROUND_MILLISECONDS = 40;
    private static final int WARM_MILLISECONDS = 1000;

    /** Keeps freed memory instead of giving it back to the system after every picture: faster for all native peers. */
    private static final Map<String, String> TUNED_MALLOC = Map.of(
            "MALLOC_TOP_PAD_", "268435456",
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "1073741824");

    private ImageBenchmark() {}

    public static void main(String[] args) throws IOException {
        Path peers = Path.of(args[1]);
        int rounds = Integer.parseInt(args[3]);
        List<String> operations = chosen("OPERATIONS", OPERATIONS);
        List<Path> pictures = pictures(Path.of(args[0]));
        List<Competitor> competitors = competitors(peers);
        Table table = new Table(competitors.stream().map(Competitor::name).toList());
        for (Path picture : pictures) {
            for (String operation : operations) {
                table.add(name(picture), operation, medians(competitors, operation, picture, rounds));
            }
            System.out.println(name(picture) + " done");
        }
        competitors.forEach(Competitor::close);
        String text = table.markdown(rounds);
        Files.writeString(Path.of(args[2]), text);
        System.out.println(text);
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, Path> all = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(".jpg")).forEach(file -> all.put(name(file), file));
            return chosen("PICTURES", List.copyOf(all.keySet())).stream()
                    .map(all::get)
                    .toList();
        }
    }

    /** The names in an environment variable, each of which there has to be; all, if it is not set. */
    private static List<String> chosen(String variable, List<String> all) {
        String value = System.getenv().getOrDefault(variable, "").strip();
        List<String> names = value.isEmpty() ? all : List.of(value.split("\\s+"));
        for (String name : names) {
            if (!all.contains(name)) {
                System.err.println(variable + ": there is no " + name + ", only " + String.join(", ", all));
                System.exit(2);
            }
        }
        return names;
    }

    private static String name(Path picture) {
        return picture.getFileName().toString().replace(".jpg", "");
    }

    private static List<Competitor> competitors(Path peers) {
        List<Competitor> all = new ArrayList<>(List.of(new Engine().competitor()));
        for (String peer : List.of("pillow.py", "vips.py", "magick.py", "gmagick.py", "sharp.mjs")) {
            String script = peers.resolve(peer).toString();
            String python = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
            List<String> command = List.of(peer.endsWith(".py") ? python : "node", script);
            ProcessPeer.start(command, Map.of(), "").ifPresent(started -> {
                all.add(started);
                ProcessPeer.start(command, TUNED_MALLOC, ", tuned malloc").ifPresent(all::add);
            });
        }
        CommandPeer.start().ifPresent(all::add);
        all.add(TypicalJava.competitor());
        return all;
    }

    /** One competitor after the other in each round, so that what disturbs the machine disturbs them all. */
    private static Map<String, Cost> medians(List<Competitor> competitors, String operation, Path picture, int rounds) {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        Map<String, Integer> times = new LinkedHashMap<>();
        for (Competitor competitor : competitors) {
            warm(competitor, operation, picture).ifPresent(cost -> {
                int enough = (int) Math.clamp(ROUND_MILLISECONDS / Math.max(cost.milliseconds(), 0.01), 1, 200);
                times.put(competitor.name(), enough);
            });
        }
        for (int round = 0; round < rounds; round++) {
            for (Competitor competitor : competitors) {
                int enough = times.getOrDefault(competitor.name(), 0);
                if (enough > 0) {
                    List<Cost> own = costs.computeIfAbsent(competitor.name(), name -> new ArrayList<>());
                    competitor.run(operation, picture, enough).ifPresent(own::add);
                }
            }
        }
        Map<String, Cost> medians = new LinkedHashMap<>();
        costs.forEach((name, list) -> medians.put(name, median(list)));
        return medians;
    }

    /** Java's code has to be compiled first; native code has nothing to wait for but its caches. */
    private static Optional<Cost> warm(Competitor competitor, String operation, Path picture) {
        Optional<Cost> cost = competitor.run(operation, picture, 2);
        // By the time that it had a processor: on a busy machine a second may be only a few calls.
        for (double spent = 0; competitor instanceof InProcess && cost.isPresent() && spent < WARM_MILLISECONDS; ) {
            cost = competitor.run(operation, picture, 2);
            spent += 2 * cost.map(Cost::milliseconds).orElse(0.0);
        }
        return cost;
    }

    private static Cost median(List<Cost> costs) {
        List<Cost> sorted = new ArrayList<>(costs);
        sorted.sort((a, b) -> Double.compare(a.milliseconds(), b.milliseconds()));
        return sorted.get(sorted.size() / 2);
    }
}
