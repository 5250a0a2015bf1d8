package imagefunctions.runtime.funqy;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.http.HeldBytes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Counts and logs every call. */
@Singleton
public final class CallMetrics {
    private static final Logger LOG = Logger.getLogger("imagefunctions");

    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry, WorkPool pool, HeldBytes held) {
        this.registry = registry;
        registry.gauge("function.calls.running", pool, WorkPool::running);
        registry.gauge("function.calls.waiting", pool, WorkPool::waiting);
        registry.gauge("function.held.bytes", held, HeldBytes::held);
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
        registry.timer("function.calls", "function", function, "status", code).record(took);
        registry.counter("function.received.bytes", "function", function, "status", code)
                .increment((double) received);
        registry.counter("function.sent.bytes", "function", function, "status", code)
                .increment((double) sent);
        try (var _ = CallId.logged(callId)) {
            LOG.infof(
                    "%s %s %s %d byte(s) in, %d byte(s) out, %.6fs",
                    method, function, code, received, sent, took.toNanos() / 1e9);
        }
    }

    /** How many calls of this function were answered, with any status. */
    public long calls(String function) {
        return registry.find("function.calls").tag("function", function).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
