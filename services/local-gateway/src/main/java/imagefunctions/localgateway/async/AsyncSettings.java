package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.store.SpoolSettings;
import imagefunctions.egress.EgressPolicy;
import imagefunctions.egress.EgressTimeouts;
import imagefunctions.egress.GuardedClient;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryPolicy;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The settings of asynchronous calls, from the environment. */
@Singleton
final class AsyncSettings {

    @Produces
    @Singleton
    SpoolSettings spool(
            @ConfigProperty(name = "image-functions.spool-folder", defaultValue = "data/spool") Path folder,
            @ConfigProperty(name = "image-functions.spool-max-bytes", defaultValue = "4G") MemorySize maxBytes,
            @ConfigProperty(name = "image-functions.spool-max-calls", defaultValue = "100000") int maxCalls,
            @ConfigProperty(name = "image-functions.spool-min-free", defaultValue = "256M") MemorySize minFree,
            @ConfigProperty(name = "image-functions.max-body", defaultValue = "64M") MemorySize maxBody,
            @ConfigProperty(name = "image-functions.dead-max-count", defaultValue = "1000") int maxDead,
            @ConfigProperty(name = "image-functions.dead-max-bytes", defaultValue = "1G") MemorySize maxDeadBytes,
            @ConfigProperty(name = "image-functions.delivered-max-count", defaultValue = "10000") int maxDelivered,
            @ConfigProperty(name = "image-functions.delivered-kept", defaultValue = "24h") Duration deliveredKept,
            Retries retries) {
        return new SpoolSettings(
                folder,
                maxBytes.asLongValue(),
                maxCalls,
                maxBody.asLongValue(),
                minFree.asLongValue(),
                maxDead,
                maxDeadBytes.asLongValue(),
                maxDelivered,
                deliveredKept,
                retries.ofCalls(),
                retries.ofCallbacks());
    }

    @Produces
    @Singleton
    WorkerSettings workers(
            @ConfigProperty(name = "image-functions.async-workers", defaultValue = "0") int calls,
            @ConfigProperty(name = "image-functions.callback-workers", defaultValue = "16") int callbacks,
            @ConfigProperty(name = "image-functions.callback-secret") Optional<String> secret) {
        int callWorkers = calls == 0 ? Runtime.getRuntime().availableProcessors() : calls;
        return named(
                "IMAGE_FUNCTIONS_ASYNC_WORKERS or IMAGE_FUNCTIONS_CALLBACK_WORKERS",
                () -> new WorkerSettings(callWorkers, callbacks, secret));
    }

    @Produces
    @Singleton
    GuardedClient client(
            @ConfigProperty(name = "image-functions.callback-allow", defaultValue = "local") String allowed) {
        EgressPolicy policy = named(
                "IMAGE_FUNCTIONS_CALLBACK_ALLOW",
                () -> allowed.equals("local") ? EgressPolicy.local() : EgressPolicy.allowing(allowed));
        return new GuardedClient(policy, EgressTimeouts.DEFAULTS);
    }

    /** How often a function and a receiver are tried, and the waits between. */
    record Retries(RetryPolicy ofCalls, RetryPolicy ofCallbacks) {}

    @Produces
    @Singleton
    Retries retries(
            @ConfigProperty(name = "image-functions.async-attempts", defaultValue = "6") int callAttempts,
            @ConfigProperty(name = "image-functions.async-first-wait", defaultValue = "1s") Duration callFirst,
            @ConfigProperty(name = "image-functions.async-longest-wait", defaultValue = "5m") Duration callLongest,
            @ConfigProperty(name = "image-functions.callback-attempts", defaultValue = "16") int callbackAttempts,
            @ConfigProperty(name = "image-functions.callback-first-wait", defaultValue = "1s") Duration callbackFirst,
            @ConfigProperty(name = "image-functions.callback-longest-wait", defaultValue = "10m")
                    Duration callbackLongest) {
        return new Retries(
                retry("IMAGE_FUNCTIONS_ASYNC", callAttempts, callFirst, callLongest),
                retry("IMAGE_FUNCTIONS_CALLBACK", callbackAttempts, callbackFirst, callbackLongest));
    }

    private static RetryPolicy retry(String prefix, int attempts, Duration first, Duration longest) {
        return named(
                prefix + "_ATTEMPTS, _FIRST_WAIT or _LONGEST_WAIT",
                () -> new RetryPolicy(attempts, new Backoff(first, longest)));
    }

    private static <T> T named(String variables, Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variables + " is not allowed: " + e.getMessage(), e);
        }
    }
}
