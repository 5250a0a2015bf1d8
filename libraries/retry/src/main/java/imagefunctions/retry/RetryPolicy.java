package imagefunctions.retry;

/**
 * How often something is attempted, and the waits in between.
 *
 * @param attempts the first one included, 1 to 64
 */
public record RetryPolicy(int attempts, Backoff backoff) {
    public static final int MAX_ATTEMPTS = 64;

    public RetryPolicy {
        if (attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("attempts is " + attempts + ": set it from 1 to " + MAX_ATTEMPTS);
        }
    }

    /** Whether another attempt may follow this one, counted from 1. */
    public boolean allowsAfter(int attempt) {
        return attempt < attempts;
    }
}
