package imagefunctions.benchmarks.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The memory and the descriptors of a Java process, looked at again and again. */
final class Watched {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** A class's number, instances and bytes; what fills gaps between objects is none. */
    private static final Pattern LIVE =
            Pattern.compile(" *\\d+: +\\d+ +(\\d+) ++(?!\\[?L?jdk\\.internal\\.vm\\.Filler).*");

    private final List<Long> resident = new ArrayList<>();
    private final List<Long> live = new ArrayList<>();
    private final List<Long> descriptors = new ArrayList<>();

    /** What the system gives it (proc(5)). */
    void look(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        try (Stream<String> lines = Files.lines(process.resolve("status"));
                Stream<Path> open = Files.list(process.resolve("fd"))) {
            resident.add(lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .map(kilobytes -> kilobytes << 10)
                    .findFirst()
                    .orElseThrow());
            descriptors.add(open.count());
        }
    }

    /** What its heap holds after a collection, which this has it make. */
    void lookInside(long pid) throws IOException {
        Process histogram = new ProcessBuilder(JCMD.toString(), String.valueOf(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = histogram.inputReader()) {
            long bytes = lines.lines()
                    .map(LIVE::matcher)
                    .filter(Matcher::matches)
                    .mapToLong(line -> Long.parseLong(line.group(1)))
                    .sum();
            if (bytes == 0) {
                throw new IOException("jcmd counted nothing in the heap of " + pid);
            }
            live.add(bytes);
        }
    }

    String residentMemory() {
        return megabytes(resident);
    }

    String liveHeap() {
        return megabytes(live);
    }

    /** The mean of the first tenth and of the last, and how far the least and the most lie apart. */
    private static String megabytes(List<Long> bytes) {
        int tenth = Math.max(1, bytes.size() / 10);
        double first = mean(bytes.subList(0, tenth));
        double last = mean(bytes.subList(bytes.size() - tenth, bytes.size()));
        LongSummaryStatistics all = bytes.stream().mapToLong(Long::longValue).summaryStatistics();
        return "%.0f MB at first, %.0f MB at last (%+.1f %%), between %.0f and %.0f MB (%.1f %%)"
                .formatted(
                        first / (1 << 20),
                        last / (1 << 20),
                        100 * (last - first) / first,
                        all.getMin() / (double) (1 << 20),
                        all.getMax() / (double) (1 << 20),
                        100.0 * (all.getMax() - all.getMin()) / all.getMin());
    }

    String openDescriptors() {
        LongSummaryStatistics all =
                descriptors.stream().mapToLong(Long::longValue).summaryStatistics();
        return "%d at first, %d at last, %d at most"
                .formatted(descriptors.getFirst(), descriptors.getLast(), all.getMax());
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(0);
    }
}
