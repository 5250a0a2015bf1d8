package imagefunctions.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Java code that is called in the benchmark's own process, in its one thread. */
final class InProcess implements Competitor {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Path, byte[]> pictures = new HashMap<>();
    private final String name;
    private final Map<String, Operation> operations;

    /** One picture in, one picture out. */
    interface Operation {
        byte[] apply(byte[] picture) throws IOException;
    }

    InProcess(String name, Map<String, Operation> operations) {
        this.name = name;
        this.operations = operations;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Cost> run(String operation, Path picture, int times) {
        Operation function = operations.get(operation);
        if (function == null) {
            return Optional.empty();
        }
        byte[] bytes = pictures.computeIfAbsent(picture, InProcess::read);
        int size = 0;
        long start = threads.getCurrentThreadCpuTime();
        try {
            for (int i = 0; i < times; i++) {
                size = function.apply(bytes).length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(new Cost((threads.getCurrentThreadCpuTime() - start) / 1e6 / times, size));
    }

    private static byte[] read(Path picture) {
        try {
            return Files.readAllBytes(picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pictures.clear();
    }
}
