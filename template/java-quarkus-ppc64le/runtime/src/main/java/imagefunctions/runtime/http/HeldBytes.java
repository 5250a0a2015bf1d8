package imagefunctions.runtime.http;

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
        return held.get() >= most;
    }

    public void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** The bytes held now. */
    public long held() {
        return held.get();
    }
}
