package imagefunctions.runtime.funqy;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Metrics;
import imagefunctions.runtime.Reply;
import imagefunctions.runtime.http.HeldBytes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Counts and logs every call. */
@Singleton
final class CallMetrics {
    private static final Logger LOG = Logger.getLogger("imagefunctions");
    private static final String CALLS = "function_calls_seconds";

    private final Metrics metrics;

    CallMetrics(Metrics metrics, WorkPool pool, HeldBytes held) {
        this.metrics = metrics;
        metrics.gauge("function_calls_running", pool::running);
        metrics.gauge("function_calls_waiting", pool::waiting);
        metrics.gauge("function_held_bytes", held::held);
    }

    /** A call that was answered, or refused before its body was read: then it has none. */
    void answered(String method, String function, String callId, int received, Reply reply, Duration took) {
        String status = Integer.toString(reply.status());
        int sent = reply.body().length;
        metrics.time(CALLS, took, "function", function, "status", status);
        metrics.count("function_received_bytes_total", received, "function", function, "status", status);
        metrics.count("function_sent_bytes_total", sent, "function", function, "status", status);
        try (var _ = CallId.logged(callId)) {
            LOG.info(method + " " + function + " " + status + " " + received + " byte(s) in, " + sent + " byte(s) out, "
                    + Seconds.of(took) + "s");
        }
    }

    /** How many calls of a function were answered. */
    long answered(String function) {
        return metrics.timed(CALLS, "function", function);
    }
}
