package imagefunctions.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures what memory the operations take: {@code PICTURES PEERS PYTHON}. Prints a table in Markdown. */
public final class MemoryBenchmark {
    private static final List<String> PICTURES =
            List.of("640x427", "1920x1080", "3360x2100-map", "4032x3024", "1920x1080-444", "4032x3024-progressive");
    private static final List<String> OPERATIONS =
            List.of("draft", "thumbnail128", "bw", "bw75", "transpose", "transpose75", "one-pass");
    private static final List<String> PEERS = List.of("pillow.py", "vips.py");
    private static final double MEGA = 1e6;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Competitor engine = new Engine().competitor();
    private final Path pictures;
    private final Path peers;
    private final String python;

    private MemoryBenchmark(Path pictures, Path peers, String python) {
        this.pictures = pictures;
        this.peers = peers;
        this.python = python;
    }

    public static void main(String[] args) throws Exception {
        Path peers = Path.of(args[1]);
        System.out.println("- " + Machine.description());
        System.out.println("- ours beside " + names(peers, args[2]) + "\n");
        System.out.println("| picture | MP | file MB | operation | allocated MB | smallest heap MB | without the file's"
                + " | bytes a pixel"
                + " | Pillow MB | bytes a pixel | libvips MB | bytes a pixel |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        new MemoryBenchmark(Path.of(args[0]), peers, args[2]).run();
    }

    /** The peers that are there, with their versions. */
    private static String names(Path peers, String python) {
        List<String> names = new ArrayList<>();
        for (String peer : PEERS) {
            ProcessPeer.start(List.of(python, peers.resolve(peer).toString()), Map.of())
                    .ifPresent(process -> {
                        names.add(process.name());
                        process.close();
                    });
        }
        return names.isEmpty() ? "nobody, since no peer is there" : String.join(", ", names);
    }

    private void run() throws Exception {
        for (String name : PICTURES) {
            Path picture = pictures.resolve(name + ".jpg");
            double megapixels = megapixels(name);
            int header = SmallestHeap.megabytes("header", picture);
            for (String operation : OPERATIONS) {
                List<String> cells = new ArrayList<>(
                        List.of(name, number(megapixels), number(Files.size(picture) / MEGA), operation));
                int heap = SmallestHeap.megabytes(operation, picture);
                cells.add(number(allocated(operation, picture) / MEGA));
                cells.add(String.valueOf(heap));
                cells.add(String.valueOf(heap - header));
                cells.add(number((heap - header) * (1 << 20) / MEGA / megapixels));
                for (String peer : PEERS) {
                    double peak = peak(peer, operation, picture) / MEGA;
                    cells.add(number(peak));
                    cells.add(number(peak / megapixels));
                }
                System.out.println("| " + String.join(" | ", cells) + " |");
            }
        }
    }

    private static double megapixels(String name) {
        String[] sides = name.split("[x-]", -1);
        return Integer.parseInt(sides[0]) * Integer.parseInt(sides[1]) / MEGA;
    }

    /** Bytes that a call allocates, of an engine that has its buffers already. */
    private long allocated(String operation, Path picture) {
        engine.run(operation, picture, 3);
        long before = threads.getCurrentThreadAllocatedBytes();
        engine.run(operation, picture, 1);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** By how many bytes a peer's process grows at most; not a number, if the peer is not there. */
    private double peak(String peer, String operation, Path picture) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python, peers.resolve(peer).toString(), operation, picture.toString())
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Double.parseDouble(answer) : Double.NaN;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
