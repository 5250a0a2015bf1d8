package imagefunctions.asynccalls.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.Phase;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.folders.PrivateFolder;
import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Entries that were given up, each with its reason in a file of its own; the oldest make room for new ones. */
final class DeadLetters {
    private static final String REASON = ".why";
    private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

    /** Why and when an entry was given up, and after how many attempts. */
    record DeadLetter(Path file, Instant since, int attempts, Failure failure) {
        /** What was given up, if its file can still be read. */
        Optional<QueueEntry> entry() throws IOException {
            return EntryFile.readable(file);
        }

        /** The state of the call. */
        CallState state(String id) throws IOException {
            Optional<QueueEntry> entry = entry();
            Optional<Callback> callback =
                    entry.filter(Callback.class::isInstance).map(Callback.class::cast);
            return new CallState(
                    id,
                    Phase.DEAD,
                    entry.map(QueueEntry::function).orElse(""),
                    entry.map(QueueEntry::accepted),
                    callback.map(Callback::attempts).orElse(attempts),
                    callback.map(Callback::status).or(failure::functionStatus),
                    callback.isPresent() ? attempts : 0,
                    Optional.empty(),
                    Optional.of(since),
                    Optional.of(failure.reason()));
        }
    }

    private final Path folder;
    private final int maxCount;
    private final long maxBytes;
    private final FolderSync sync;
    private final InstantSource clock;
    /** The size of each letter by its name, the oldest first. */
    private final LinkedHashMap<String, Long> letters = new LinkedHashMap<>();

    private long bytes;
    private long dropped;

    DeadLetters(Path folder, SpoolSettings settings, InstantSource clock) throws IOException {
        this.folder = PrivateFolder.make(folder);
        this.maxCount = settings.limits().maxDead();
        this.maxBytes = settings.limits().maxDeadBytes();
        this.sync = new FolderSync(folder);
        this.clock = clock;
        for (Path letter : oldestFirst(folder)) {
            enter(letter);
        }
    }

    private static List<Path> oldestFirst(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(REASON))
                    .sorted(Comparator.comparing(DeadLetters::since))
                    .toList();
        }
    }

    private void enter(Path letter) throws IOException {
        long size = Files.size(letter);
        letters.put(letter.getFileName().toString(), size);
        bytes += size;
    }

    private void leave(String name) throws IOException {
        Long size = letters.remove(name);
        bytes -= size == null ? 0 : size;
        Files.deleteIfExists(reasonFile(folder.resolve(name)));
    }

    /** Moves an entry's file here for good, which needs no room on the disk; its reason is kept if there is some. */
    synchronized void add(Path file, String name, int attempts, Failure failure) throws IOException {
        Path letter = folder.resolve(name);
        LOG.log(System.Logger.Level.WARNING, "Dead letter {0}: {1}", name, failure.reason());
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        leave(name);
        String status = failure.functionStatus().map(answered -> " " + answered).orElse("");
        write(letter, attempts + status + "\n" + failure.reason().replace('\n', ' '));
        Files.move(file, letter, StandardCopyOption.ATOMIC_MOVE);
        sync.sync();
        enter(letter);
        makeRoom();
    }

    /** Adds to the reason of a letter, and returns whether there is one. */
    synchronized boolean addReason(String name, String more) {
        if (has(name)) {
            write(folder.resolve(name), " " + more);
            return true;
        }
        return false;
    }

    /** A disk that is full costs the reason, never the letter; half of a surrogate pair becomes a question mark. */
    private static void write(Path letter, String reason) {
        try {
            Files.write(
                    reasonFile(letter), reason.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The reason of dead letter {0} cannot be kept: {1}",
                    letter.getFileName(),
                    Reason.of(e));
        }
    }

    boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    Optional<DeadLetter> find(String name) throws IOException {
        Path letter = folder.resolve(name);
        if (!Files.exists(letter)) {
            return Optional.empty();
        }
        try {
            Instant since = Files.getLastModifiedTime(letter).toInstant();
            List<String> lines = Files.exists(reasonFile(letter)) ? Files.readAllLines(reasonFile(letter)) : List.of();
            if (lines.size() < 2) {
                return Optional.of(new DeadLetter(letter, since, 0, Failure.of("The reason was not kept.")));
            }
            String[] numbers = lines.getFirst().split(" ", 2);
            Optional<Integer> status =
                    numbers.length == 2 ? Optional.of(Integer.valueOf(numbers[1])) : Optional.empty();
            return Optional.of(
                    new DeadLetter(letter, since, Integer.parseInt(numbers[0]), new Failure(lines.get(1), status)));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Moves a letter's file to where it is tried again. Should it be given up at once, that waits until it has left. */
    synchronized void moveOut(Path letter, Move move) throws IOException {
        move.accept(letter);
        leave(letter.getFileName().toString());
    }

    /** Takes a file to another folder. */
    @FunctionalInterface
    interface Move {
        void accept(Path file) throws IOException;
    }

    void forEachName(Consumer<String> action) {
        names().forEach(action);
    }

    private synchronized List<String> names() {
        return List.copyOf(letters.keySet());
    }

    synchronized int count() {
        return letters.size();
    }

    synchronized long dropped() {
        return dropped;
    }

    private void makeRoom() throws IOException {
        while (letters.size() > 1 && (letters.size() > maxCount || bytes > maxBytes)) {
            String oldest = letters.firstEntry().getKey();
            Files.deleteIfExists(folder.resolve(oldest));
            leave(oldest);
            dropped++;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Dead letter {0} was dropped to keep within {1} letters and {2} bytes",
                    oldest,
                    maxCount,
                    maxBytes);
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
