package imagefunctions.asynccalls.store;

import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.folders.FullDisk;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that calls and results may take on disk, reserved before the first of them is written. */
final class DiskBudget {
    private final SpoolSettings settings;
    private final long forResults;
    private final AtomicLong held = new AtomicLong();

    DiskBudget(SpoolSettings settings) {
        this.settings = settings;
        this.forResults = settings.limits().bytesForResults();
    }

    long held() {
        return held.get();
    }

    /** Counts what is on disk already. */
    void add(long bytes) {
        held.addAndGet(bytes);
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** New calls leave some room, or the results of running ones would find none. */
    void reserveForCall(long bytes) throws QueueFullException {
        reserve(bytes, settings.limits().maxBytes() - forResults, settings.minFree());
    }

    void reserveForResult(long bytes) throws QueueFullException {
        reserve(bytes, settings.limits().maxBytes(), 0);
    }

    /** A dead letter that is tried again lies on the disk already. */
    void reserveForRequeue(long bytes) throws QueueFullException {
        hold(bytes, settings.limits().maxBytes() - forResults);
    }

    private void hold(long bytes, long max) throws QueueFullException {
        if (held.addAndGet(bytes) > max) {
            held.addAndGet(-bytes);
            throw new QueueFullException("The queue of asynchronous calls is full: "
                    + settings.limits().maxBytes() + " bytes are in use or promised.");
        }
    }

    private void reserve(long bytes, long max, long minFree) throws QueueFullException {
        hold(bytes, max);
        if (usable() < minFree + bytes) {
            held.addAndGet(-bytes);
            throw full();
        }
    }

    /** The reason why a write failed, if that was for lack of room; else the failure itself. */
    static IOException reasonOf(IOException failure) {
        return FullDisk.isReasonOf(failure) ? full() : failure;
    }

    private static QueueFullException full() {
        return new QueueFullException("The disk with the queue of asynchronous calls is full.");
    }

    private long usable() {
        return settings.folder().toFile().getUsableSpace();
    }
}
