package imagefunctions.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The time of day of processes, which can be put forward and back while they run, by Debian's libfaketime. */
public final class WallClock {
    /** What a test says that is skipped for want of it. */
    public static final String MISSING = "libfaketime is not installed: no process's clock can be put forward or back";

    private static final Optional<Path> LIBRARY = find();

    private final Path file;

    /** @param file where the clock is kept */
    public WallClock(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        jump(Duration.ZERO);
    }

    public static boolean isInstalled() {
        return LIBRARY.isPresent();
    }

    private static Optional<Path> find() {
        Path libraries = Path.of("/usr/lib");
        if (!Files.isDirectory(libraries)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(libraries)) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::isReadable)
                    .findAny();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables of a process that goes by it; as always, intervals are not measured by the time of day. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                LIBRARY.orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Files keep the times that they were given.
                "NO_FAKE_STAT",
                "1",
                // Else a JVM's timed waits end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** Sets it so far before or behind the right time; processes see it within a second. */
    public void jump(Duration fromRightTime) throws IOException {
        Path aside = Files.write(
                file.resolveSibling(file.getFileName() + ".new"), List.of("%+d".formatted(fromRightTime.toSeconds())));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
