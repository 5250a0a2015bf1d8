package imagefunctions.benchmarks.http;

import imagefunctions.benchmarks.Latencies;
import imagefunctions.imaging.Imaging;
import imagefunctions.imaging.Order;
import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.codec.PixelLimit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a call of {@code draft} costs the server, and what its picture costs alone, in the benchmark's own process. */
final class CallCost {
    private static final int ROUNDS = 5;
    private static final long EACH = TimeUnit.MILLISECONDS.toNanos(1500);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Imaging imaging = new Imaging(new PixelLimit(PixelLimit.DEFAULT));
    private final Order draft = Recipe.DRAFT.with(Map.of());
    private final Server server;

    CallCost(Server server) {
        this.server = server;
    }

    /** A row of the table: photo, microseconds of CPU of a call, of its picture alone, and the difference. */
    String row(String name, byte[] photo) throws Exception {
        alone(photo);
        double[] calls = new double[ROUNDS];
        double[] pictures = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            calls[round] = call(photo);
            pictures[round] = alone(photo);
        }
        double call = median(calls);
        double picture = median(pictures);
        return String.format(Locale.ROOT, "| %s | %.0f | %.0f | %.0f |", name, call, picture, call - picture);
    }

    private double call(byte[] photo) throws Exception {
        double before = server.cpuSeconds();
        Latencies calls = Latencies.of(() -> server.call("draft", photo), 1, EACH);
        return (server.cpuSeconds() - before) * 1e6 / calls.each().size();
    }

    private double alone(byte[] photo) {
        long end = System.nanoTime() + EACH;
        long before = threads.getCurrentThreadCpuTime();
        int pictures = 0;
        while (System.nanoTime() < end) {
            imaging.run(photo, draft);
            pictures++;
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e3 / pictures;
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }
}
