package imagefunctions.asynccalls;

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

/** Items that were given up, each with its reason beside it; the oldest make room for new ones. */
final class DeadLetters {
    private static final String WHY = ".why";
    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

    /** Why and when an item was given up, and after how many attempts. */
    record Letter(Path file, Instant died, int attempts, String reason) {}

    private final Path folder;
    private final int most;
    private final long mostBytes;
    private final FolderSync sync;
    private int count;
    private long bytes;
    private long dropped;

    DeadLetters(Path folder, SpoolSettings settings) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.most = settings.maxDead();
        this.mostBytes = settings.maxDeadBytes();
        this.sync = new FolderSync(folder);
        for (Path letter : letters()) {
            count++;
            bytes += Files.size(letter);
        }
    }

    /** Moves an item's file here for good. */
    synchronized void bury(Path file, String name, int attempts, String reason) throws IOException {
        Path letter = folder.resolve(name);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        if (Files.exists(letter)) {
            revived(name, Files.size(letter));
        }
        Files.writeString(why(letter), attempts + "\n" + reason.replace('\n', ' '));
        Files.move(file, letter, StandardCopyOption.ATOMIC_MOVE);
        sync.sync();
        count++;
        bytes += Files.size(letter);
        LOG.log(System.Logger.Level.WARNING, "Dead letter {0}: {1}", name, reason);
        makeRoom();
    }

    /** Adds to the reason of a letter that is there, and answers whether it is. */
    synchronized boolean addReason(String name, String more) throws IOException {
        Optional<Letter> letter = find(name);
        if (letter.isPresent()) {
            Letter old = letter.get();
            Files.writeString(why(old.file()), old.attempts() + "\n" + old.reason() + " " + more);
        }
        return letter.isPresent();
    }

    Optional<Letter> find(String name) throws IOException {
        Path letter = folder.resolve(name);
        if (!Files.exists(letter)) {
            return Optional.empty();
        }
        try {
            Instant died = Files.getLastModifiedTime(letter).toInstant();
            List<String> why = Files.exists(why(letter)) ? Files.readAllLines(why(letter)) : List.of();
            return Optional.of(
                    why.size() < 2
                            ? new Letter(letter, died, 0, "The reason was not kept.")
                            : new Letter(letter, died, Integer.parseInt(why.getFirst()), why.get(1)));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** To be called after a letter's file was taken away to be tried again. */
    synchronized void revived(String name, long size) throws IOException {
        count--;
        bytes -= size;
        Files.deleteIfExists(why(folder.resolve(name)));
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
        if (count <= most && bytes <= mostBytes) {
            return;
        }
        List<Path> oldestFirst = new ArrayList<>(letters());
        oldestFirst.sort(Comparator.comparing(DeadLetters::died));
        for (Path letter : oldestFirst) {
            if (count <= 1 || (count <= most && bytes <= mostBytes)) {
                return;
            }
            bytes -= Files.size(letter);
            count--;
            dropped++;
            Files.delete(letter);
            Files.deleteIfExists(why(letter));
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Dead letter {0} was dropped to keep within {1} letters and {2} bytes",
                    letter.getFileName(),
                    most,
                    mostBytes);
        }
    }

    private List<Path> letters() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(WHY)).toList();
        }
    }

    private static FileTime died(Path letter) {
        try {
            return Files.getLastModifiedTime(letter);
        } catch (IOException e) {
            return FileTime.from(Instant.MAX);
        }
    }

    private static Path why(Path letter) {
        return letter.resolveSibling(letter.getFileName() + WHY);
    }
}
