package imagefunctions.asynccalls.store;

import imagefunctions.folders.PrivateFolder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The files of a queue: folder N holds the entries that were attempted N times, a file's time is when its next attempt
 * is due.
 *
 * <p>So an attempt is counted by a rename, which a killed process cannot leave half done, and an entry is found by its
 * id without an index.
 */
final class AttemptFolders {
    private final Path folder;
    private final String suffix;
    private final int maxAttempts;
    /** How many entries each folder has at most: counted before they come, and after they have left. */
    private final AtomicIntegerArray entries;

    /** Opens the folders, creating those that are missing. */
    AttemptFolders(Path folder, String suffix, int maxAttempts, int largestMaxAttempts) throws IOException {
        this.folder = folder;
        this.suffix = suffix;
        this.maxAttempts = maxAttempts;
        this.entries = new AtomicIntegerArray(maxAttempts + 1);
        PrivateFolder.make(folder);
        for (int attempt = 0; attempt <= maxAttempts; attempt++) {
            PrivateFolder.make(of(attempt));
        }
        for (int attempt = maxAttempts + 1; attempt <= largestMaxAttempts; attempt++) {
            gather(of(attempt));
        }
        forEach((id, file, attempts) -> entries.incrementAndGet(attempts));
    }

    /** What was attempted more often than it may be now, after a change of settings, counts as attempted that often. */
    private void gather(Path beyond) throws IOException {
        if (Files.isDirectory(beyond)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(beyond)) {
                for (Path file : files) {
                    Files.move(file, file(idOf(file), maxAttempts), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    /** The folder of the entries that were attempted this often. */
    Path of(int attempts) {
        return folder.resolve(Integer.toString(attempts));
    }

    Path file(String id, int attempts) {
        return of(attempts).resolve(nameOf(id));
    }

    /** Moves a file to those that were attempted this often, and returns where it is. */
    Path enter(Path file, String id, int attempts) throws IOException {
        Path entered = file(id, attempts);
        entries.incrementAndGet(attempts);
        try {
            return Files.move(file, entered, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            left(attempts);
            throw e;
        }
    }

    /** To be called after a file has left the folder of those that were attempted this often. */
    void left(int attempts) {
        entries.decrementAndGet(attempts);
    }

    String nameOf(String id) {
        return id + suffix;
    }

    private String idOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - suffix.length());
    }

    /** Where an entry is, how often it was attempted, and when its next attempt is due. */
    record Location(Path file, int attempts, Instant due) {}

    /** Looks from the fewest attempts to the most, the way that an entry takes. */
    Optional<Location> find(String id) throws IOException {
        for (int attempts = 0; attempts <= maxAttempts; attempts++) {
            Path file = file(id, attempts);
            if (entries.get(attempts) > 0 && Files.exists(file)) {
                Optional<Instant> due = due(file);
                if (due.isPresent()) {
                    return Optional.of(new Location(file, attempts, due.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** When the next attempt is due; nothing if the file has moved meanwhile. */
    static Optional<Instant> due(Path file) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (NoSuchFileException moved) {
            return Optional.empty();
        }
    }

    interface Visitor {
        void visit(String id, Path file, int attempts) throws IOException;
    }

    void forEach(Visitor visitor) throws IOException {
        for (int attempts = 0; attempts <= maxAttempts; attempts++) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(of(attempts))) {
                for (Path file : files) {
                    if (file.toString().endsWith(suffix)) {
                        visitor.visit(idOf(file), file, attempts);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    }
}
