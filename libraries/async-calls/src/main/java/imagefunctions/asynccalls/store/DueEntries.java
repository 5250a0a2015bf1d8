package imagefunctions.asynccalls.store;

import java.io.IOException;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries that are due first, in their order.
 *
 * <p>A window of them is held in memory. The others, which are all due later, are read from disk when these are used up:
 * so a long queue costs disk, not memory.
 */
final class DueEntries {
    private static final long START = System.nanoTime();

    /**
     * An entry of a queue, as it is named on disk.
     *
     * @param due by {@link #now}
     */
    record Entry(String id, int attempts, long due) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    /** All entries that wait on disk. */
    interface Disk {
        void forEachWaiting(Consumer<Entry> action) throws IOException;
    }

    private final int windowSize;
    private final Disk disk;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Entry> entries = new TreeSet<>();
    /** No entry outside of the window is due before this. */
    private long horizon = Long.MAX_VALUE;

    private boolean moreOnDisk;
    private boolean closed;

    DueEntries(int windowSize, Disk disk) {
        this.windowSize = windowSize;
        this.disk = disk;
    }

    /** Nanoseconds of a clock that nobody sets. */
    static long now() {
        return System.nanoTime() - START;
    }

    void offer(Entry entry) {
        lock.lock();
        try {
            hold(entry);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an entry that is due, and takes it out; returns null once closed. */
    @Nullable
    Entry take() throws InterruptedException, IOException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                if (entries.isEmpty() && moreOnDisk) {
                    reload();
                }
                if (entries.isEmpty()) {
                    changed.await();
                    continue;
                }
                long wait = entries.first().due() - now();
                if (wait <= 0) {
                    return entries.pollFirst();
                }
                long ignored = changed.awaitNanos(wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Reads the window from disk; if that fails, the next one who takes an entry tries again. */
    void reload() throws IOException {
        lock.lock();
        boolean read = false;
        try {
            entries.clear();
            horizon = Long.MAX_VALUE;
            moreOnDisk = false;
            disk.forEachWaiting(this::hold);
            read = true;
        } finally {
            if (!read) {
                entries.clear();
                horizon = Long.MIN_VALUE;
                moreOnDisk = true;
            }
            changed.signalAll();
            lock.unlock();
        }
    }

    /** When the first entry is due; the largest value if there is none. */
    long firstDue() {
        lock.lock();
        try {
            return entries.isEmpty() ? Long.MAX_VALUE : entries.first().due();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void hold(Entry entry) {
        if (entry.due() > horizon) {
            moreOnDisk = true;
            return;
        }
        entries.add(entry);
        if (entries.size() > windowSize) {
            moreOnDisk = true;
            horizon = entries.pollLast().due();
        }
    }
}
