package imagefunctions.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;

/** The resident memory and the descriptors of a process, looked at again and again (proc(5)). */
final class Watched {
    private final List<Long> kilobytes = new ArrayList<>();
    private final List<Long> descriptors = new ArrayList<>();

    void look(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        try (Stream<String> lines = Files.lines(process.resolve("status"));
                Stream<Path> open = Files.list(process.resolve("fd"))) {
            kilobytes.add(lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .findFirst()
                    .map(Long::valueOf)
                    .orElseThrow());
            descriptors.add(open.count());
        }
    }

    /** The mean of the first tenth and of the last, and how far the least and the most lie apart. */
    String memory() {
        int tenth = Math.max(1, kilobytes.size() / 10);
        double first = mean(kilobytes.subList(0, tenth));
        double last = mean(kilobytes.subList(kilobytes.size() - tenth, kilobytes.size()));
        LongSummaryStatistics all =
                kilobytes.stream().mapToLong(Long::longValue).summaryStatistics();
        return "%.0f MB at first, %.0f MB at last (%+.1f %%), between %.0f and %.0f MB (%.1f %%)"
                .formatted(
                        first / 1024,
                        last / 1024,
                        100 * (last - first) / first,
                        all.getMin() / 1024.0,
                        all.getMax() / 1024.0,
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
