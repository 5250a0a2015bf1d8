package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.CorruptEntryException;
import imagefunctions.asynccalls.QueueEntry;
import imagefunctions.asynccalls.StoredEntry;
import imagefunctions.retry.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A durable queue of entries of one type, each handed to one worker when its next attempt is due.
 *
 * <p>Of two workers who want the same entry, the rename that counts the attempt picks one.
 */
final class DelayQueue<T extends QueueEntry> {
    private static final int WINDOW = 10_000;
    private static final Duration LETTING_GO = Duration.ofMillis(10);
    private static final int MOST_DAYS = 10_000;

    private final Class<T> type;
    private final RetryPolicy retry;
    private final InstantSource clock;
    private final AttemptFolders folders;
    private final FolderSync added;
    private final DueEntries due;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentHashMap<String, Boolean> claimed = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final LongAdder attempts = new LongAdder();
    private long bytesAtStart;

    DelayQueue(Path folder, String suffix, Class<T> type, RetryPolicy retry, InstantSource clock) throws IOException {
        this.type = type;
        this.retry = retry;
        this.clock = clock;
        this.folders = new AttemptFolders(folder, suffix, retry.attempts(), RetryPolicy.MAX_ATTEMPTS);
        this.added = new FolderSync(folders.of(0));
        this.due = new DueEntries(WINDOW, this::forEachWaiting);
        folders.forEach((id, file, attempts) -> {
            count.incrementAndGet();
            bytesAtStart += Files.size(file);
        });
        due.reload();
    }

    /** Adds a file whose content is on disk; on return it survives a power cut. */
    void add(String id, Path file) throws IOException {
        add(id, file, () -> {});
    }

    /** Adds such a file and holds it back from the workers of this process, unless one is busy with an earlier one. */
    void addHeld(String id, Path file) throws IOException {
        if (claimed.putIfAbsent(id, true) != null) {
            add(id, file);
            return;
        }
        try {
            store(id, file, () -> {});
        } catch (IOException e) {
            claimed.remove(id);
            throw e;
        }
        held.add(id);
    }

    /** Hands out an entry if it was held back. */
    void release(String id) {
        if (held.remove(id)) {
            claimed.remove(id);
            offer(id, 0, Duration.ZERO);
        }
    }

    /** Has what was written to a file put on disk. */
    interface Forced {
        void force() throws IOException;
    }

    /**
     * Adds a file; on return it survives a power cut. Its content is forced after it has its name, so that the file system
     * commits both at once: a power cut in between leaves a file that may not be whole, which nobody was answered for.
     */
    void add(String id, Path file, Forced content) throws IOException {
        store(id, file, content);
        offer(id, 0, Duration.ZERO);
    }

    private void store(String id, Path file, Forced content) throws IOException {
        noteDue(file, Duration.ZERO);
        Path queued = folders.enter(file, id, 0);
        try {
            content.force();
            added.sync();
        } catch (IOException e) {
            Files.move(queued, file, StandardCopyOption.ATOMIC_MOVE);
            folders.left(0);
            throw e;
        }
        count.incrementAndGet();
    }

    /** Waits for an entry that is due and counts the attempt on disk; returns null once closed. */
    @Nullable
    ClaimedFile take() throws InterruptedException, IOException {
        for (DueEntries.Entry entry = due.take(); entry != null; entry = due.take()) {
            ClaimedFile claim = claim(entry);
            if (claim != null) {
                return claim;
            }
        }
        return null;
    }

    private @Nullable ClaimedFile claim(DueEntries.Entry entry) throws IOException {
        Path before = folders.file(entry.id(), entry.attempts());
        if (claimed.putIfAbsent(entry.id(), true) != null) {
            // Added again while the worker of its last attempt is still letting go of it.
            if (Files.exists(before)) {
                offer(entry.id(), entry.attempts(), LETTING_GO);
            }
            return null;
        }
        try {
            if (entry.attempts() >= retry.attempts()) {
                if (!Files.exists(before)) {
                    claimed.remove(entry.id());
                    return null;
                }
                return new ClaimedFile(entry.id(), entry.attempts(), before, true);
            }
            int attempt = entry.attempts() + 1;
            // Should this process die, the next one waits as after any failed attempt.
            noteDue(before, retry.backoff().withJitter(attempt));
            Path after = folders.enter(before, entry.id(), attempt);
            folders.left(entry.attempts());
            attempts.increment();
            return new ClaimedFile(entry.id(), attempt, after, false);
        } catch (NoSuchFileException cancelled) {
            claimed.remove(entry.id());
            return null;
        } catch (IOException e) {
            claimed.remove(entry.id());
            offerLater(entry.id(), entry.attempts());
            throw e;
        }
    }

    /** For the next process; this one keeps the time itself. */
    private void noteDue(Path file, Duration wait) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().plus(wait)));
    }

    private void offer(String id, int attempts, Duration wait) {
        due.offer(new DueEntries.Entry(id, attempts, DueEntries.now() + wait.toNanos()));
    }

    /** What remains until the time that was noted; nothing if that is too far away, since the clock was set meanwhile. */
    private Duration wait(Instant noted) {
        Duration wait = Duration.between(clock.instant(), noted);
        return wait.compareTo(retry.backoff().longest()) > 0 || wait.toDays() < -MOST_DAYS ? Duration.ZERO : wait;
    }

    /** Claims an entry that was found, without counting an attempt; to be used before any worker runs. */
    ClaimedFile claim(String id, AttemptFolders.Location location) {
        claimed.put(id, true);
        return new ClaimedFile(id, location.attempts(), location.file(), false);
    }

    /**
     * Reads the claimed entry and verifies its checksums.
     *
     * @throws CorruptEntryException if it is not as it was written
     */
    StoredEntry<T> read(ClaimedFile claim) throws IOException {
        return EntryFile.read(claim.file(), type);
    }

    /** Whether another attempt may follow this one. */
    boolean allowsRetry(ClaimedFile claim) {
        return retry.allowsAfter(claim.attempt());
    }

    /** The same claim without its attempt, which is not made. */
    ClaimedFile uncount(ClaimedFile claim) throws IOException {
        int made = claim.attempt() - 1;
        Path file = folders.enter(claim.file(), claim.id(), made);
        folders.left(claim.attempt());
        attempts.decrement();
        return new ClaimedFile(claim.id(), made, file, claim.isExhausted());
    }

    /**
     * How long the next attempt is to wait.
     *
     * @param asked how long whoever refused this one asks to wait, or zero
     */
    Duration backoff(ClaimedFile claim, Duration asked) {
        return retry.backoff().withJitter(claim.attempt(), asked);
    }

    /** Leaves the entry to its next attempt, after this time. */
    void retry(ClaimedFile claim, Duration wait) throws IOException {
        noteDue(claim.file(), wait);
        claimed.remove(claim.id());
        offer(claim.id(), claim.attempt(), wait);
    }

    /** Leaves the entry to an attempt after this time, and does not count the present one. */
    void postpone(ClaimedFile claim, Duration wait) throws IOException {
        int attempts = claim.attempt() - 1;
        noteDue(claim.file(), wait);
        Path ignored = folders.enter(claim.file(), claim.id(), attempts);
        folders.left(claim.attempt());
        claimed.remove(claim.id());
        offer(claim.id(), attempts, wait);
    }

    /** Leaves the entry to its next attempt without touching the disk, after a fault there. */
    void abandon(ClaimedFile claim) {
        claimed.remove(claim.id());
        offerLater(claim.id(), claim.attempt());
    }

    private void offerLater(String id, int attempts) {
        offer(id, attempts, retry.backoff().withJitter(attempts + 1));
    }

    void delete(ClaimedFile claim) throws IOException {
        Files.deleteIfExists(claim.file());
        removed(claim);
    }

    /** To be called after the claim's file was moved elsewhere. */
    void removed(ClaimedFile claim) {
        folders.left(claim.attempt());
        count.decrementAndGet();
        claimed.remove(claim.id());
    }

    /** Withdraws an entry by moving its file, unless a worker holds it. */
    boolean withdraw(String id, Path to) throws IOException {
        Optional<AttemptFolders.Location> location = find(id);
        if (location.isEmpty() || isClaimed(id)) {
            return false;
        }
        try {
            Files.move(location.get().file(), to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException takenMeanwhile) {
            return false;
        }
        folders.left(location.get().attempts());
        count.decrementAndGet();
        return true;
    }

    /** A second look finds an entry that was postponed during the first. */
    Optional<AttemptFolders.Location> find(String id) throws IOException {
        Optional<AttemptFolders.Location> found = folders.find(id);
        return found.isPresent() ? found : folders.find(id);
    }

    interface IdVisitor {
        void visit(String id) throws IOException;
    }

    void forEachId(IdVisitor visitor) throws IOException {
        folders.forEach((id, file, attempts) -> visitor.visit(id));
    }

    void forEachClaimed(Consumer<String> action) {
        claimed.keySet().forEach(action);
    }

    private void forEachWaiting(Consumer<DueEntries.Entry> action) throws IOException {
        folders.forEach((id, file, attempts) -> {
            if (!isClaimed(id)) {
                AttemptFolders.due(file)
                        .ifPresent(noted -> action.accept(new DueEntries.Entry(
                                id, attempts, DueEntries.now() + wait(noted).toNanos())));
            }
        });
    }

    boolean isClaimed(String id) {
        return claimed.containsKey(id);
    }

    String nameOf(String id) {
        return folders.nameOf(id);
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

    /** The attempts that were begun since the start. */
    long attempts() {
        return attempts.sum();
    }

    /** How long the first entry that no worker holds has been due. */
    Duration overdue() {
        long first = due.firstDue();
        return first == Long.MAX_VALUE ? Duration.ZERO : Duration.ofNanos(Math.max(0, DueEntries.now() - first));
    }

    /** Hands out no more entries, and lets the workers that wait for one go. */
    void close() {
        due.close();
    }
}
