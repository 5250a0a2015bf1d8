package imagefunctions.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import imagefunctions.imaging.Imaging;
import imagefunctions.imaging.Order;
import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.codec.PixelLimit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures pictures on one core and on all: {@code PICTURES ROUNDS}. Prints a table in Markdown of wall time beside CPU
 * time.
 */
public final class CoresBenchmark {
    private static final List<String> PICTURES = List.of("1920x1080", "3000x2000", "4032x3024");
    private static final List<String> CALLS = List.of(
            "draft",
            "thumbnail?width=128",
            "thumbnail?width=512",
            "thumbnail?width=1024",
            "bw",
            "bw?quality=75",
            "transpose",
            "transpose?quality=75",
            "transpose?method=rotate_90",
            "transpose?method=rotate_90&quality=75");

    /** Runs before any is measured. */
    private static final int WARMING = 10;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Imaging imaging = new Imaging(new PixelLimit(PixelLimit.DEFAULT));
    private final int rounds;

    private CoresBenchmark(int rounds) {
        this.rounds = rounds;
    }

    /** The least wall time of some runs and the CPU time of all, whose clock ticks too seldom for one; in nanoseconds. */
    private static final class Times {
        private long wall = Long.MAX_VALUE;
        private long cpu;

        private byte[] measure(Imaging imaging, byte[] file, Order order) {
            long cpuBefore = SYSTEM.getProcessCpuTime();
            long before = System.nanoTime();
            byte[] result = imaging.run(file, order).file();
            wall = Math.min(wall, System.nanoTime() - before);
            cpu += SYSTEM.getProcessCpuTime() - cpuBefore;
            return result;
        }
    }

    public static void main(String[] args) throws IOException {
        System.out.println("- " + Machine.description() + "\n");
        System.out.println("| picture | call | one: wall | CPU | all: wall | CPU | wall, one / all | CPU, all / one |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        CoresBenchmark benchmark = new CoresBenchmark(Integer.parseInt(args[1]));
        for (String picture : PICTURES) {
            byte[] file = Files.readAllBytes(Path.of(args[0], picture + ".jpg"));
            CALLS.forEach(call -> benchmark.run(picture, file, call));
        }
    }

    private void run(String picture, byte[] file, String call) {
        Order alone = order(call, "1");
        Order together = order(call, "all");
        Times one = new Times();
        Times all = new Times();
        for (int round = -WARMING; round < rounds; round++) {
            if (round == 0) {
                one = new Times();
                all = new Times();
            }
            byte[] expected = one.measure(imaging, file, alone);
            if (!Arrays.equals(all.measure(imaging, file, together), expected)) {
                throw new IllegalStateException(call + " of " + picture + " differs.");
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | `%s` | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f |%n",
                picture,
                call,
                one.wall / 1e6,
                one.cpu / 1e6 / rounds,
                all.wall / 1e6,
                all.cpu / 1e6 / rounds,
                (double) one.wall / all.wall,
                (double) all.cpu / one.cpu);
    }

    private static Order order(String call, String cores) {
        String[] parts = call.split("[?&]", -1);
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("cores", cores));
        for (String parameter : Arrays.asList(parts).subList(1, parts.length)) {
            String[] pair = parameter.split("=", -1);
            parameters.put(pair[0], pair[1]);
        }
        return Recipe.named(parts[0]).orElseThrow().with(parameters);
    }
}
