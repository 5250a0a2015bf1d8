package imagefunctions.asynccalls;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A durable queue of items of one kind.
 *
 * <p>Folder N holds the items that were tried N times, a file's time is when its next attempt falls due. So an attempt
 * is counted by a rename, which a killed process cannot leave half done, an item is found by its id without an index,
 * and of two who want the same item the rename picks one.
 */
final class DelayQueue {
    private static final int WINDOW = 10_000;

    /** An item that somebody works on; {@code spent} if all its attempts were used before, by processes that died. */
    record Claim(String id, int attempt, Path file, boolean spent) {}

    /** An item that was found by its id. */
    record Place(Path file, int attempt, Instant due, boolean claimed) {}

    private final Path folder;
    private final String suffix;
    private final Backoff backoff;
    private final FolderSync newcomers;
    private final DueEntries window;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentHashMap<String, Boolean> claimed = new ConcurrentHashMap<>();
    private final LongAdder attempts = new LongAdder();
    private long bytesAtStart;

    DelayQueue(Path folder, String suffix, Backoff backoff) throws IOException {
        this(folder, suffix, backoff, WINDOW);
    }

    DelayQueue(Path folder, String suffix, Backoff backoff, int windowSize) throws IOException {
        this.folder = folder;
        this.suffix = suffix;
        this.backoff = backoff;
        for (int attempt = 0; attempt <= backoff.attempts(); attempt++) {
            Files.createDirectories(folder.resolve(Integer.toString(attempt)));
        }
        gatherOverTried();
        FolderSync.force(folder);
        this.newcomers = new FolderSync(folder.resolve("0"));
        this.window = new DueEntries(windowSize, this::forEachWaiting);
        forEachFile((file, attempt) -> {
            count.incrementAndGet();
            bytesAtStart += Files.size(file);
        });
        window.reload();
    }

    /** What was tried more often than it may be now, after a change of settings, counts as tried that often. */
    private void gatherOverTried() throws IOException {
        for (int attempt = backoff.attempts() + 1; attempt <= Backoff.MOST; attempt++) {
            Path beyond = folder.resolve(Integer.toString(attempt));
            if (Files.isDirectory(beyond)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(beyond)) {
                    for (Path file : files) {
                        Files.move(file, place(idOf(file), backoff.attempts()), StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            }
        }
    }

    /** Takes a finished file in; on return it survives a power cut. */
    void add(String id, Path file) throws IOException {
        long now = System.currentTimeMillis();
        Files.setLastModifiedTime(file, FileTime.fromMillis(now));
        Files.move(file, place(id, 0), StandardCopyOption.ATOMIC_MOVE);
        newcomers.sync();
        count.incrementAndGet();
        window.offer(new DueEntries.Entry(id, 0, now));
    }

    /** Waits for an item that is due and counts the attempt on disk; answers null once closed. */
    @Nullable
    Claim take() throws InterruptedException, IOException {
        for (DueEntries.Entry entry = window.take(); entry != null; entry = window.take()) {
            Claim claim = claim(entry);
            if (claim != null) {
                return claim;
            }
        }
        return null;
    }

    private @Nullable Claim claim(DueEntries.Entry entry) throws IOException {
        if (claimed.putIfAbsent(entry.id(), true) != null) {
            return null;
        }
        Path before = place(entry.id(), entry.attempt());
        try {
            if (entry.attempt() >= backoff.attempts()) {
                if (!Files.exists(before)) {
                    claimed.remove(entry.id());
                    return null;
                }
                return new Claim(entry.id(), entry.attempt(), before, true);
            }
            int attempt = entry.attempt() + 1;
            // Should this process die, the next one waits as after any failed attempt.
            Files.setLastModifiedTime(before, FileTime.from(Instant.now().plus(backoff.after(attempt))));
            Path after = place(entry.id(), attempt);
            Files.move(before, after, StandardCopyOption.ATOMIC_MOVE);
            attempts.increment();
            return new Claim(entry.id(), attempt, after, false);
        } catch (NoSuchFileException cancelled) {
            claimed.remove(entry.id());
            return null;
        } catch (IOException e) {
            claimed.remove(entry.id());
            offerLater(entry.id(), entry.attempt());
            throw e;
        }
    }

    /** Takes an item that was found, without counting an attempt; to be used before any worker runs. */
    Claim claim(String id, Place place) {
        claimed.put(id, true);
        return new Claim(id, place.attempt(), place.file(), false);
    }

    /** Whether another attempt may follow this one. */
    boolean mayRetry(Claim claim) {
        return claim.attempt() < backoff.attempts();
    }

    /** Leaves the item to its next attempt. */
    void retry(Claim claim) throws IOException {
        long due = Instant.now().plus(backoff.after(claim.attempt())).toEpochMilli();
        Files.setLastModifiedTime(claim.file(), FileTime.fromMillis(due));
        claimed.remove(claim.id());
        window.offer(new DueEntries.Entry(claim.id(), claim.attempt(), due));
    }

    /** Leaves the item to its next attempt without touching the disk, after a fault there. */
    void abandon(Claim claim) {
        claimed.remove(claim.id());
        offerLater(claim.id(), claim.attempt());
    }

    private void offerLater(String id, int attempt) {
        long due = Instant.now().plus(backoff.after(attempt + 1)).toEpochMilli();
        window.offer(new DueEntries.Entry(id, attempt, due));
    }

    void delete(Claim claim) throws IOException {
        Files.deleteIfExists(claim.file());
        gone(claim.id());
    }

    /** To be called after the claim's file was moved elsewhere. */
    void gone(String id) {
        count.decrementAndGet();
        claimed.remove(id);
    }

    /** Takes an item out by moving its file, unless somebody works on it. */
    boolean withdraw(String id, Path to) throws IOException {
        Optional<Place> place = find(id);
        if (place.isEmpty() || place.get().claimed()) {
            return false;
        }
        try {
            Files.move(place.get().file(), to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException takenMeanwhile) {
            return false;
        }
        count.decrementAndGet();
        return true;
    }

    /** Looks from the least tried to the most, the way that an item takes. */
    Optional<Place> find(String id) throws IOException {
        for (int attempt = 0; attempt <= backoff.attempts(); attempt++) {
            Path file = place(id, attempt);
            Optional<Instant> due = Files.exists(file) ? due(file) : Optional.empty();
            if (due.isPresent()) {
                return Optional.of(new Place(file, attempt, due.get(), claimed.containsKey(id)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> due(Path file) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (NoSuchFileException moved) {
            return Optional.empty();
        }
    }

    interface IdAction {
        void accept(String id) throws IOException;
    }

    void forEachId(IdAction action) throws IOException {
        forEachFile((file, attempt) -> action.accept(idOf(file)));
    }

    /** The bytes that an earlier process left. */
    long bytesAtStart() {
        return bytesAtStart;
    }

    int count() {
        return count.get();
    }

    int claimedCount() {
        return claimed.size();
    }

    void forEachClaimed(Consumer<String> action) {
        claimed.keySet().forEach(action);
    }

    /** The attempts that were begun since the start. */
    long attempts() {
        return attempts.sum();
    }

    boolean isClaimed(String id) {
        return claimed.containsKey(id);
    }

    /** When the first item that nobody works on falls due; the largest value if there is none. */
    long firstDueMillis() {
        return window.firstDueMillis();
    }

    void close() {
        window.close();
    }

    private void forEachWaiting(Consumer<DueEntries.Entry> action) throws IOException {
        forEachFile((file, attempt) -> {
            String id = idOf(file);
            if (!claimed.containsKey(id)) {
                due(file).ifPresent(due -> action.accept(new DueEntries.Entry(id, attempt, due.toEpochMilli())));
            }
        });
    }

    private interface FileAction {
        void accept(Path file, int attempt) throws IOException;
    }

    private void forEachFile(FileAction action) throws IOException {
        for (int attempt = 0; attempt <= backoff.attempts(); attempt++) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(Integer.toString(attempt)))) {
                for (Path file : files) {
                    if (file.toString().endsWith(suffix)) {
                        action.accept(file, attempt);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
    }

    private String idOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - suffix.length());
    }

    private Path place(String id, int attempt) {
        return folder.resolve(Integer.toString(attempt)).resolve(nameOf(id));
    }

    String nameOf(String id) {
        return id + suffix;
    }
}
