package imagefunctions.functions.chaining.run;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that the answers of all steps, in all runs of this process, may hold together. */
final class MemoryBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    MemoryBudget(long most) {
        this.most = most;
    }

    Share share() {
        return new Share();
    }

    /** What one run holds; it is given back at the run's end. */
    final class Share implements AutoCloseable {
        private long taken;
        private boolean closed;

        /** Takes the bytes, or says no and takes none. */
        synchronized boolean take(long bytes) {
            if (closed || held.addAndGet(bytes) > most) {
                held.addAndGet(closed ? 0 : -bytes);
                return false;
            }
            taken += bytes;
            return true;
        }

        @Override
        public synchronized void close() {
            closed = true;
            held.addAndGet(-taken);
            taken = 0;
        }
    }
}
