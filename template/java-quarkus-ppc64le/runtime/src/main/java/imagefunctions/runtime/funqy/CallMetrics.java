package imagefunctions.runtime.funqy;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Metrics;
import imagefunctions.runtime.Seconds;
import imagefunctions.runtime.http.HeldBytes;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Counts and logs every call, and says that it was answered. */
@Singleton
public final class CallMetrics {
    private static final Logger LOG = Logger.getLogger("imagefunctions");
    private static final String CALLS = "function_calls_seconds";

    private final Metrics metrics;
    private final Event<AnsweredCall> events;
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();

    CallMetrics(Metrics metrics, WorkPool pool, HeldBytes held, Event<AnsweredCall> events) {
        this.metrics = metrics;
        this.events = events;
        metrics.gauge("function_calls_running", pool::running);
        metrics.gauge("function_calls_waiting", pool::waiting);
        metrics.gauge("function_held_bytes", held::held);
    }

    /** A call of this function runs or waits, until this is {@link #left}. */
    void entered(String function) {
        inFlight.computeIfAbsent(function, this::figure).incrementAndGet();
    }

    private AtomicInteger figure(String function) {
        AtomicInteger calls = new AtomicInteger();
        metrics.gauge("function_calls_in_flight", calls::get, "function", function);
        return calls;
    }

    void left(String function) {
        inFlight.computeIfAbsent(function, this::figure).decrementAndGet();
    }

    /**
     * A call that was answered.
     *
     * @param function as metrics have it: callers must not be able to make up new ones
     * @param received bytes of its body, 0 if it was refused before that was read
     * @param sent bytes of the answer's body
     */
    public void answered(
            String method, String function, String callId, long received, int status, long sent, Duration took) {
        String code = Integer.toString(status);
        metrics.time(CALLS, took, "function", function, "status", code);
        metrics.count("function_received_bytes_total", received, "function", function, "status", code);
        metrics.count("function_sent_bytes_total", sent, "function", function, "status", code);
        String line = method + " " + function + " " + code + " " + received + " byte(s) in, " + sent + " byte(s) out, "
                + Seconds.of(took) + "s";
        try (var _ = CallId.logged(callId)) {
            LOG.info(line);
        }
        events.fire(new AnsweredCall(function, callId, line));
    }

    /** How many calls of this function were answered, with any status. */
    public long calls(String function) {
        return metrics.timed(CALLS, "function", function);
    }
}
