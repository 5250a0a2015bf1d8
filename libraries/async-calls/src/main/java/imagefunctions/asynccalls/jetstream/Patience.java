package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueFullException;
import imagefunctions.asynccalls.QueueUnreachableException;
import imagefunctions.retry.Backoff;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;

/** Repeats a request while the servers choose a new leader, which takes them seconds. */
final class Patience {
    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final Backoff WAITS = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));
    private static final int UNAVAILABLE = 503;
    private static final int STORE_FAILED = 10077;
    private static final int ACCOUNT_RESOURCES = 10002;
    private static final int INSUFFICIENT_RESOURCES = 10023;
    private static final int STORAGE_RESOURCES = 10047;
    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int SEQUENCE_UNKNOWN_YET = 10164;
    private static final int FIRST_IS_ON_ITS_WAY = 10158;
    private static final int NOT_FOUND = 404;

    private Patience() {}

    /** A request that may be made again: it changes nothing, or something once. */
    interface Request<T> {
        T send() throws IOException, JetStreamApiException, InterruptedException;
    }

    /**
     * Waits for the answer.
     *
     * @throws JetStreamApiException if the servers refuse the request, as they would every time
     * @throws QueueFullException if they have no room
     * @throws QueueUnreachableException if they do not answer for a while
     */
    static <T> T with(Request<T> request) throws IOException, JetStreamApiException {
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int failures = 1; ; failures++) {
            Exception failure;
            try {
                return request.send();
            } catch (JetStreamApiException e) {
                if (isFull(e)) {
                    throw new QueueFullException("The queue of asynchronous calls is full: " + e.getErrorDescription());
                }
                if (!isUnavailable(e)) {
                    throw e;
                }
                failure = e;
            } catch (QueueUnreachableException e) {
                throw e;
            } catch (IOException | IllegalStateException e) {
                failure = e;
            } catch (InterruptedException e) {
                throw stopped();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw stopped();
            }
            if (System.nanoTime() > end) {
                throw new QueueUnreachableException("NATS JetStream does not answer: " + failure.getMessage());
            }
            pause(WAITS.withJitter(failures));
        }
    }

    private static void pause(Duration wait) throws IOException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            throw stopped();
        }
    }

    static IOException stopped() {
        Thread.currentThread().interrupt();
        return new ClosedByInterruptException();
    }

    static boolean isFull(JetStreamApiException e) {
        return switch (e.getApiErrorCode()) {
            case ACCOUNT_RESOURCES, INSUFFICIENT_RESOURCES, STORAGE_RESOURCES -> true;
            case STORE_FAILED -> e.getErrorDescription().contains("maximum");
            default -> false;
        };
    }

    /** They may do later what they cannot do now. */
    static boolean isUnavailable(JetStreamApiException e) {
        return e.getErrorCode() == UNAVAILABLE
                || e.getApiErrorCode() == SEQUENCE_UNKNOWN_YET
                || e.getApiErrorCode() == FIRST_IS_ON_ITS_WAY;
    }

    static boolean isChanged(JetStreamApiException e) {
        return e.getApiErrorCode() == WRONG_LAST_SEQUENCE;
    }

    static boolean isNotFound(JetStreamApiException e) {
        return e.getErrorCode() == NOT_FOUND;
    }
}
