package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Entries that were given up, each with its reason in a file of its own; the oldest make room for new ones. */
final class DeadLetters {
    private static final String REASON = ".why";
    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

    /** Why and when an entry was given up, and after how many attempts. */
    record DeadLetter(Path file, Instant since, int attempts, String reason) {
        /**
         * The state of the call.
         *
         * @param entry if its file can still be read
         */
        CallState state(String id, Optional<QueueEntry> entry) {
            Optional<Callback> callback =
                    entry.filter(Callback.class::isInstance).map(Callback.class::cast);
            return new CallState(
                    id,
                    Phase.DEAD,
                    entry.map(QueueEntry::function).orElse(""),
                    entry.map(QueueEntry::accepted),
                    callback.map(Callback::attempts).orElse(attempts),
                    callback.map(Callback::status),
                    callback.isPresent() ? attempts : 0,
                    Optional.empty(),
                    Optional.of(since),
                    Optional.of(reason));
        }
    }

    private final Path folder;
    private final int maxCount;
    private final long maxBytes;
    private final FolderSync sync;
    private int count;
    private long bytes;
    private long dropped;

    DeadLetters(Path folder, SpoolSettings settings) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.maxCount = settings.maxDead();
        this.maxBytes = settings.maxDeadBytes();
        this.sync = new FolderSync(folder);
        for (Path letter : letters()) {
            count++;
            bytes += Files.size(letter);
        }
    }

    /** Moves an entry's file here for good. */
    synchronized void add(Path file, String name, int attempts, String reason) throws IOException {
        Path letter = folder.resolve(name);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        if (Files.exists(letter)) {
            removed(name, Files.size(letter));
        }
        Files.writeString(reasonFile(letter), attempts + "\n" + reason.replace('\n', ' '));
        Files.move(file, letter, StandardCopyOption.ATOMIC_MOVE);
        sync.sync();
        count++;
        bytes += Files.size(letter);
        LOG.log(System.Logger.Level.WARNING, "Dead letter {0}: {1}", name, reason);
        makeRoom();
    }

    /** Adds to the reason of a letter, and returns whether there is one. */
    synchronized boolean addReason(String name, String more) throws IOException {
        Optional<DeadLetter> letter = find(name);
        if (letter.isPresent()) {
            DeadLetter old = letter.get();
            Files.writeString(reasonFile(old.file()), old.attempts() + "\n" + old.reason() + " " + more);
        }
        return letter.isPresent();
    }

    Optional<DeadLetter> find(String name) throws IOException {
        Path letter = folder.resolve(name);
        if (!Files.exists(letter)) {
            return Optional.empty();
        }
        try {
            Instant since = Files.getLastModifiedTime(letter).toInstant();
            List<String> lines = Files.exists(reasonFile(letter)) ? Files.readAllLines(reasonFile(letter)) : List.of();
            return Optional.of(
                    lines.size() < 2
                            ? new DeadLetter(letter, since, 0, "The reason was not kept.")
                            : new DeadLetter(letter, since, Integer.parseInt(lines.getFirst()), lines.get(1)));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** To be called after a letter's file was moved away to be tried again. */
    synchronized void removed(String name, long size) throws IOException {
        count--;
        bytes -= size;
        Files.deleteIfExists(reasonFile(folder.resolve(name)));
    }

    void forEachName(Consumer<String> action) throws IOException {
        letters().forEach(letter -> action.accept(letter.getFileName().toString()));
    }

    synchronized int count() {
        return count;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long dropped() {
        return dropped;
    }

    private void makeRoom() throws IOException {
        if (count <= maxCount && bytes <= maxBytes) {
            return;
        }
        List<Path> oldestFirst = new ArrayList<>(letters());
        oldestFirst.sort(Comparator.comparing(DeadLetters::since));
        for (Path letter : oldestFirst) {
            if (count <= 1 || (count <= maxCount && bytes <= maxBytes)) {
                return;
            }
            bytes -= Files.size(letter);
            count--;
            dropped++;
            Files.delete(letter);
            Files.deleteIfExists(reasonFile(letter));
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Dead letter {0} was dropped to keep within {1} letters and {2} bytes",
                    letter.getFileName(),
                    maxCount,
                    maxBytes);
        }
    }

    private List<Path> letters() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(REASON)).toList();
        }
    }

    private static FileTime since(Path letter) {
        try {
            return Files.getLastModifiedTime(letter);
        } catch (IOException e) {
            return FileTime.from(Instant.MAX);
        }
    }

    private static Path reasonFile(Path letter) {
        return letter.resolveSibling(letter.getFileName() + REASON);
    }
}
