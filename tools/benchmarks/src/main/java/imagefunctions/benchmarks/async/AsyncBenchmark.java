package imagefunctions.benchmarks.async;

import imagefunctions.benchmarks.Latencies;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how fast gateways take calls in, one with a folder and some with JetStream as their queue, compared with a folder
 * alone, JetStream alone and files alone, with the same bodies and client threads: {@code FOLDER-GATEWAY-URL
 * JETSTREAM-GATEWAY-URLS NATS-URL PHOTO ROUNDS SECONDS FOLDER}, the URLs separated by commas. Prints a table in Markdown.
 */
final class AsyncBenchmark {
    private static final List<Integer> SIZES = List.of(20_000, 200_000, 2_000_000);
    private static final List<Integer> CLIENTS = List.of(1, 8, 64);
    /** Until then, what a call costs is mostly the compiler's. */
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(20);

    private final int rounds;
    private final long each;

    private AsyncBenchmark(int rounds, long each) {
        this.rounds = rounds;
        this.each = each;
    }

    public static void main(String[] args) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of(args[3]));
        AsyncBenchmark benchmark =
                new AsyncBenchmark(Integer.parseInt(args[4]), TimeUnit.SECONDS.toNanos(Integer.parseInt(args[5])));
        List<URI> sharing = Stream.of(args[1].split(",")).map(URI::create).toList();
        String several = sharing.size() == 1 ? "gateway" : sharing.size() + " gateways";
        Path folder = Path.of(args[6]);
        try (Queue gateway = new Gateway("gateway with a folder, 202", List.of(URI.create(args[0])));
                Queue folderAlone = new FolderAlone(folder.resolve("spool"));
                Queue shared = new Gateway(several + " with JetStream, 202", sharing);
                Queue jetStream = new JetStreamQueue(args[2]);
                Queue disk = new ForcedFiles(folder.resolve("files"))) {
            List<Queue> queues = List.of(gateway, folderAlone, shared, jetStream, disk);
            for (Queue queue : queues) {
                byte[] small = body(photo, SIZES.getFirst());
                Latencies.of(() -> queue.put(small), 8, WARM_UP);
                queue.rest();
            }
            print("| body | clients | | p50 ms | p99 ms | per second | of each round |");
            print("|---|---|---|---|---|---|---|");
            for (int size : SIZES) {
                for (int clients : CLIENTS) {
                    benchmark.measure(queues, body(photo, size), clients);
                }
            }
        }
    }

    /** The queues take turns, so that what else the machine does meets them alike. */
    private void measure(List<Queue> queues, byte[] body, int clients) throws Exception {
        List<List<Latencies>> results =
                queues.stream().<List<Latencies>>map(queue -> new ArrayList<>()).toList();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < queues.size(); i++) {
                Queue queue = queues.get(i);
                results.get(i).add(Latencies.of(() -> queue.put(body), clients, each));
                queue.rest();
            }
        }
        for (int i = 0; i < queues.size(); i++) {
            List<Latencies> measured = results.get(i);
            List<Double> rates = measured.stream().map(Latencies::perSecond).toList();
            print(String.format(
                    Locale.ROOT,
                    "| %d kB | %d | %s | %.1f | %.1f | %.0f | %s |",
                    body.length / 1000,
                    clients,
                    queues.get(i).name(),
                    median(measured.stream().map(round -> round.millis(0.5)).toList()),
                    median(measured.stream().map(round -> round.millis(0.99)).toList()),
                    median(rates),
                    String.join(
                            ", ",
                            rates.stream()
                                    .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
                                    .toList())));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** A small picture with bytes behind it, which readers of JPEG pass over: any size costs the function the same. */
    private static byte[] body(byte[] photo, int size) {
        return Arrays.copyOf(photo, size);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
