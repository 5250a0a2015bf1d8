package imagefunctions.localgateway.backends;

import imagefunctions.runtime.funqy.CallMetrics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and logs the calls of functions that run elsewhere. */
@Singleton
public final class ForwardedCalls {
    private final CallMetrics metrics;
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

    ForwardedCalls(CallMetrics metrics) {
        this.metrics = metrics;
    }

    /** A call that was answered. A name behind a gateway may be made up until a call of it has succeeded. */
    public void answered(
            String method,
            String function,
            Destination to,
            String callId,
            long received,
            int status,
            long sent,
            Duration took) {
        if (status / 100 == 2) {
            succeeded.add(function);
        }
        String label = to.gateway() && !succeeded.contains(function) ? "unknown" : function;
        metrics.answered(method, label, callId, received, status, sent, took);
    }
}
