package imagefunctions.runtime;

import java.time.Duration;

/** Seconds as answers and log lines have them: with six decimals. */
public final class Seconds {
    private static final long MICROS = 1_000_000;

    private Seconds() {}

    /** Rounded down; a formatter takes longer than all else that is said about a call. */
    public static String of(Duration time) {
        long micros = time.toNanos() / 1000;
        String decimals = Long.toString(MICROS + micros % MICROS).substring(1);
        return micros / MICROS + "." + decimals;
    }
}
