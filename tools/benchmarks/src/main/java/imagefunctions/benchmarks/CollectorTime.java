package imagefunctions.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The CPU time of the serial collector, which works in the virtual machine's own thread; known on Linux alone. */
final class CollectorTime {
    private final Optional<Path> statistics = statistics();

    /** Nanoseconds since the start; 0 where they are not known. */
    long nanoseconds() {
        return statistics
                .map(file -> Long.parseLong(read(file).split(" ", -1)[0]))
                .orElse(0L);
    }

    private static Optional<Path> statistics() {
        Path threads = Path.of("/proc/self/task");
        if (!Files.isDirectory(threads)) {
            return Optional.empty();
        }
        try (var all = Files.list(threads)) {
            return all.filter(thread -> read(thread.resolve("comm")).equals("VM Thread"))
                    .map(thread -> thread.resolve("schedstat"))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
