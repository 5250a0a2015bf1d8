package imagefunctions.asynccalls.store;

import java.io.IOException;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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
    /** An entry of a queue, as it is named on disk. */
    record Entry(String id, int attempts, long dueMillis) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(dueMillis, other.dueMillis);
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
                long wait = entries.first().dueMillis() - System.currentTimeMillis();
                if (wait <= 0) {
                    return entries.pollFirst();
                }
                boolean ignored = changed.await(wait, TimeUnit.MILLISECONDS);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    void reload() throws IOException {
        lock.lock();
        try {
            entries.clear();
            horizon = Long.MAX_VALUE;
            moreOnDisk = false;
            disk.forEachWaiting(this::hold);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** When the first entry is due; the largest value if there is none. */
    long firstDueMillis() {
        lock.lock();
        try {
            return entries.isEmpty() ? Long.MAX_VALUE : entries.first().dueMillis();
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
        if (entry.dueMillis() > horizon) {
            moreOnDisk = true;
            return;
        }
        entries.add(entry);
        if (entries.size() > windowSize) {
            moreOnDisk = true;
            horizon = entries.pollLast().dueMillis();
        }
    }
}
