package imagefunctions.asynccalls;

import imagefunctions.asynccalls.delivery.DeliveryWorkers;
import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.FunctionCaller;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import imagefunctions.egress.EgressPolicy;
import imagefunctions.egress.EgressTimeouts;
import imagefunctions.egress.GuardedClient;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.traces.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** A queue with workers, as the gateway has them, with short waits. */
final class Rig implements AutoCloseable {
    static final RetryPolicy FAST = retry(3, Duration.ofMillis(5), Duration.ofMillis(20));

    /** All functions in one queue. */
    static final QueueNames ONE_QUEUE = new QueueNames(Map.of());

    final CallQueue queue;
    private final Optional<DeliveryWorkers> workers;

    private Rig(CallQueue queue, Optional<DeliveryWorkers> workers) {
        this.queue = queue;
        this.workers = workers;
    }

    static RetryPolicy retry(int attempts, Duration first, Duration longest) {
        return new RetryPolicy(attempts, new Backoff(first, longest));
    }

    static QueueLimits limits() {
        return limits(1L << 30, 10_000, 64L << 20, FAST);
    }

    static QueueLimits limits(long maxBytes, int maxCalls, long maxBody, RetryPolicy retry) {
        return new QueueLimits(maxBytes, maxCalls, maxBody, 100, 1L << 30, 100, Duration.ofHours(1), retry, retry);
    }

    /** Few calls, each with one attempt, and three dead letters and delivered calls that are remembered. */
    static QueueLimits narrow(long maxBytes, int maxCalls, long maxBody) {
        RetryPolicy once = retry(1, Duration.ofMillis(5), Duration.ofMillis(5));
        return new QueueLimits(maxBytes, maxCalls, maxBody, 3, 1 << 20, 3, Duration.ofHours(1), once, FAST);
    }

    static SpoolSettings settings(Path folder) {
        return new SpoolSettings(folder, 0, limits(), ONE_QUEUE);
    }

    static SpoolSettings withRetries(SpoolSettings settings, RetryPolicy retry) {
        return new SpoolSettings(
                settings.folder(), settings.minFree(), withRetries(settings.limits(), retry), settings.queues());
    }

    static QueueLimits withRetries(QueueLimits limits, RetryPolicy retry) {
        return new QueueLimits(
                limits.maxBytes(),
                limits.maxCalls(),
                limits.maxBody(),
                limits.maxDead(),
                limits.maxDeadBytes(),
                limits.maxDelivered(),
                limits.deliveredFor(),
                retry,
                retry);
    }

    static Rig idle(SpoolSettings settings) throws IOException {
        return idle(Spool.open(settings));
    }

    static Rig idle(CallQueue queue) {
        return new Rig(queue, Optional.empty());
    }

    static Rig running(CallQueue queue, FunctionCaller functions) {
        return running(queue, functions, Optional.empty());
    }

    static Rig running(SpoolSettings settings, FunctionCaller functions) throws IOException {
        return running(settings, functions, Optional.empty());
    }

    static Rig running(SpoolSettings settings, FunctionCaller functions, Optional<String> secret) throws IOException {
        return running(Spool.open(settings), functions, secret);
    }

    static Rig running(SpoolSettings settings, FunctionCaller functions, InstantSource clock) throws IOException {
        return running(Spool.open(settings, clock), functions, Optional.empty());
    }

    static Rig running(CallQueue queue, FunctionCaller functions, Optional<String> secret) {
        return running(queue, functions, new WorkerSettings(Map.of(QueueNames.DEFAULT, 2), 4, secret));
    }

    static Rig running(CallQueue queue, FunctionCaller functions, Map<String, Integer> callWorkers) {
        return running(queue, functions, new WorkerSettings(callWorkers, 4, Optional.empty()));
    }

    private static Rig running(CallQueue queue, FunctionCaller functions, WorkerSettings workers) {
        GuardedClient client = new GuardedClient(EgressPolicy.local(), EgressTimeouts.DEFAULTS);
        return new Rig(queue, Optional.of(DeliveryWorkers.start(queue, functions, client, workers, Traces.NONE)));
    }

    static FunctionCaller answering(int status, String body) {
        return (call, input) -> FunctionAnswer.of(
                status, List.of(new Header("Content-Type", "image/jpeg")), body.getBytes(StandardCharsets.UTF_8));
    }

    static Call call(String id, String callbackUrl) {
        List<Header> headers = new ArrayList<>();
        if (!callbackUrl.isEmpty()) {
            headers.add(new Header("X-Callback-Url", callbackUrl));
        }
        return new Call(id, "draft", "", "", headers, Instant.now());
    }

    void put(Call call, byte[] body) throws IOException {
        try (EntryWriter writer = queue.accept(call, OptionalLong.of(body.length))) {
            writer.write(body);
            writer.commit();
        }
    }

    void put(String id, String callbackUrl) throws IOException {
        put(call(id, callbackUrl), ("body of " + id).getBytes(StandardCharsets.UTF_8));
    }

    static CallClaim takeCall(CallQueue queue) throws Exception {
        return Objects.requireNonNull(queue.calls(QueueNames.DEFAULT).take());
    }

    static CallbackClaim takeCallback(CallQueue queue) throws Exception {
        return Objects.requireNonNull(queue.callbacks().take());
    }

    /** Ends a call that has succeeded with this result. */
    static void finish(CallClaim claim, String result) throws IOException {
        keep(claim, result, Optional.empty());
        claim.resolved(Optional.empty());
    }

    /** Keeps the result of a call, or the notice of its failure. */
    static void keep(CallClaim claim, String result, Optional<String> failure) throws IOException {
        Call call = claim.read().entry();
        Callback callback = new Callback(
                call.id(),
                call.function(),
                call.callbackUrl().orElse("http://127.0.0.1:9/"),
                failure.isPresent() ? 500 : 200,
                List.of(),
                Instant.now(),
                Instant.now(),
                Duration.ZERO,
                claim.attempt(),
                failure);
        try (EntryWriter writer = claim.keepResult(callback, OptionalLong.of(result.length()))) {
            writer.write(result.getBytes(StandardCharsets.UTF_8));
            writer.commit();
        }
    }

    static String text(Body body) throws IOException {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Phase phase(String id) throws IOException {
        return state(id).phase();
    }

    CallState state(String id) throws IOException {
        return queue.state(id).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        workers.ifPresent(DeliveryWorkers::close);
        queue.close();
    }
}
