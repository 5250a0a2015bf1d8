package imagefunctions.asynccalls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A function's result on its way to the receiver, without its body.
 *
 * @param headers the function's own
 * @param started when the function was called
 * @param duration how long it took
 * @param attempts how often the function was called
 * @param failure why the call was given up, if it was
 */
public record Callback(
        String id,
        String function,
        String url,
        int status,
        List<Header> headers,
        Instant accepted,
        Instant started,
        Duration duration,
        int attempts,
        Optional<String> failure)
        implements QueueEntry {
    public Callback {
        headers = List.copyOf(headers);
    }
}
