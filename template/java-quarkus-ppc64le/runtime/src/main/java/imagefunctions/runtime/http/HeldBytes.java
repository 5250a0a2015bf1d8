package imagefunctions.runtime.http;

import imagefunctions.runtime.Problem;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that the bodies of all calls may hold together. */
@Singleton
public final class HeldBytes {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    HeldBytes(HttpLimits limits) {
        this.most = limits.maxHeld();
    }

    /** Takes all of these bytes or, if there is no room for them, none. */
    public boolean take(long bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** Whether not one byte more would be taken. */
    public boolean full() {
        return room() <= 0;
    }

    /** How many bytes more would be taken. */
    public long room() {
        return most - held.get();
    }

    public void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** What is answered where there is no room. */
    public Problem noRoom() {
        return new Problem.TooManyCalls("The bodies of the calls at work fill the memory set aside for them (" + most
                + " bytes): send this one again in a second.");
    }

    /** The bytes held now. */
    public long held() {
        return held.get();
    }
}
