package imagefunctions.runtime.funqy;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.HeldBytes;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Counts and logs every call. */
@Singleton
final class CallMetrics {
    private static final Logger LOG = Logger.getLogger("imagefunctions");

    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry, WorkPool pool, HeldBytes held) {
        this.registry = registry;
        registry.gauge("function.calls.running", pool, WorkPool::running);
        registry.gauge("function.calls.waiting", pool, WorkPool::waiting);
        registry.gauge("function.held.bytes", held, HeldBytes::held);
    }

    /** A call that was answered, or refused before its body was read: then it has none. */
    void answered(String method, String function, String callId, int received, Reply reply, Duration took) {
        String status = Integer.toString(reply.status());
        registry.timer("function.calls", "function", function, "status", status).record(took);
        registry.counter("function.received.bytes", "function", function, "status", status)
                .increment(received);
        registry.counter("function.sent.bytes", "function", function, "status", status)
                .increment(reply.body().length);
        try (var _ = CallId.logged(callId)) {
            LOG.infof(
                    "%s %s %s %d byte(s) in, %d byte(s) out, %.6fs",
                    method, function, status, received, reply.body().length, took.toNanos() / 1e9);
        }
    }
}
