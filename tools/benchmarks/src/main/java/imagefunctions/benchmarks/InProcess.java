package imagefunctions.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Java code that is called in the benchmark's own process, in its one thread; what it leaves to collect counts too. */
final class InProcess implements Competitor {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final CollectorTime collector = new CollectorTime();
    private final Map<Path, byte[]> pictures = new HashMap<>();
    private final String name;
    private final int warmUp;
    private final Map<String, Operation> operations;

    /** One picture in, one picture out. */
    interface Operation {
        byte[] apply(byte[] picture) throws Exception;
    }

    InProcess(String name, int warmUp, Map<String, Operation> operations) {
        this.name = name;
        this.warmUp = warmUp;
        this.operations = operations;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int warmUp() {
        return warmUp;
    }

    @Override
    public OptionalDouble run(String operation, Path picture, int times) {
        Operation function = operations.get(operation);
        if (function == null) {
            return OptionalDouble.empty();
        }
        byte[] bytes = pictures.computeIfAbsent(picture, InProcess::read);
        long start = nanoseconds();
        for (int i = 0; i < times; i++) {
            apply(function, bytes);
        }
        return OptionalDouble.of((nanoseconds() - start) / 1e6 / times);
    }

    @Override
    public void write(String operation, Path picture, Path result) {
        try {
            Files.write(result, apply(Objects.requireNonNull(operations.get(operation)), read(picture)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long nanoseconds() {
        return threads.getCurrentThreadCpuTime() + collector.nanoseconds();
    }

    private byte[] apply(Operation function, byte[] bytes) {
        try {
            return function.apply(bytes);
        } catch (Exception e) {
            throw new IllegalStateException(name, e);
        }
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
