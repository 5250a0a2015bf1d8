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

/**
 * Measures how fast gateways take calls in, one with a folder and one with JetStream as its queue, compared with JetStream
 * alone, with the same bodies and client threads: {@code FOLDER-GATEWAY-URL JETSTREAM-GATEWAY-URL NATS-URL PHOTO}. Prints a
 * table in Markdown.
 */
final class AsyncBenchmark {
    private static final List<Integer> SIZES = List.of(20_000, 200_000, 2_000_000);
    private static final List<Integer> CLIENTS = List.of(1, 8, 64);
    private static final int ROUNDS = 3;
    private static final long EACH = TimeUnit.SECONDS.toNanos(3);

    private AsyncBenchmark() {}

    public static void main(String[] args) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of(args[3]));
        try (Queue folder = new Gateway("gateway with a folder, 202", URI.create(args[0]));
                Queue shared = new Gateway("gateway with JetStream, 202", URI.create(args[1]));
                Queue jetStream = new JetStreamQueue(args[2])) {
            List<Queue> queues = List.of(folder, shared, jetStream);
            for (Queue queue : queues) {
                byte[] small = body(photo, SIZES.getFirst());
                Latencies.of(() -> queue.put(small), 8, 2 * EACH);
                queue.rest();
            }
            print("| body | clients | | p50 ms | p99 ms | per second | of each round |");
            print("|---|---|---|---|---|---|---|");
            for (int size : SIZES) {
                for (int clients : CLIENTS) {
                    measure(queues, body(photo, size), clients);
                }
            }
        }
    }

    /** The queues take turns, so that what else the machine does meets them alike. */
    private static void measure(List<Queue> queues, byte[] body, int clients) throws Exception {
        List<List<Latencies>> results =
                queues.stream().<List<Latencies>>map(queue -> new ArrayList<>()).toList();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < queues.size(); i++) {
                Queue queue = queues.get(i);
                results.get(i).add(Latencies.of(() -> queue.put(body), clients, EACH));
                queue.rest();
            }
        }
        for (int i = 0; i < queues.size(); i++) {
            List<Latencies> rounds = results.get(i);
            List<Double> rates = rounds.stream().map(Latencies::perSecond).toList();
            print(String.format(
                    Locale.ROOT,
                    "| %d kB | %d | %s | %.1f | %.1f | %.0f | %s |",
                    body.length / 1000,
                    clients,
                    queues.get(i).name(),
                    median(rounds.stream().map(round -> round.millis(0.5)).toList()),
                    median(rounds.stream().map(round -> round.millis(0.99)).toList()),
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
