package imagefunctions.functions.chaining.run;

import java.util.concurrent.atomic.AtomicLong;

/** A limit on the bytes held by the responses of all steps in all runs of this process. */
final class MemoryBudget {
    private final long limit;
    private final AtomicLong held = new AtomicLong();

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    Share share() {
        return new Share();
    }

    /** The bytes held by one run, released at its end. */
    final class Share implements AutoCloseable {
        private long reserved;
        private boolean closed;

        /** Reserves the bytes, or returns false and reserves none. */
        synchronized boolean reserve(long bytes) {
            if (closed || held.addAndGet(bytes) > limit) {
                held.addAndGet(closed ? 0 : -bytes);
                return false;
            }
            reserved += bytes;
            return true;
        }

        @Override
        public synchronized void close() {
            closed = true;
            held.addAndGet(-reserved);
            reserved = 0;
        }
    }
}
