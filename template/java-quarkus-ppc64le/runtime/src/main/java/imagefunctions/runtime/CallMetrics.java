package imagefunctions.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What is counted and logged of every call to a known function. */
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

    void answered(Call call, Reply reply, Duration took) {
        String status = Integer.toString(reply.status());
        registry.timer("function.calls", "function", call.function(), "status", status)
                .record(took);
        registry.counter("function.received.bytes", "function", call.function(), "status", status)
                .increment(call.body().length);
        registry.counter("function.sent.bytes", "function", call.function(), "status", status)
                .increment(reply.body().length);
        LOG.infof(
                "%s %s %s %d byte(s) in, %d byte(s) out, %.6fs",
                call.method(), call.function(), status, call.body().length, reply.body().length, took.toNanos() / 1e9);
    }
}
