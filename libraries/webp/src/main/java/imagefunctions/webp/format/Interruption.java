package imagefunctions.webp.format;

import java.util.concurrent.CancellationException;

/** Breaks off the decoding of a picture that nobody waits for any longer: that of an interrupted thread. */
public final class Interruption {

    private Interruption() {}

    /**
     * To be called for each row.
     *
     * @throws CancellationException if the current thread is interrupted, which it remains
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The thread was interrupted: nobody waits for this picture.");
        }
    }
}
