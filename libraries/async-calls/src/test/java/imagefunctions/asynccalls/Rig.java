package imagefunctions.asynccalls;

import imagefunctions.asynccalls.delivery.DeliveryWorkers;
import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.FunctionCaller;
import imagefunctions.asynccalls.delivery.WorkerSettings;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import imagefunctions.asynccalls.store.SpoolWriter;
import imagefunctions.egress.EgressPolicy;
import imagefunctions.egress.EgressTimeouts;
import imagefunctions.egress.GuardedClient;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A spool with workers, as the gateway has them, with short waits. */
final class Rig implements AutoCloseable {
    static final RetryPolicy FAST = retry(3, Duration.ofMillis(5), Duration.ofMillis(20));

    final Spool spool;
    private final Optional<DeliveryWorkers> workers;

    private Rig(Spool spool, Optional<DeliveryWorkers> workers) {
        this.spool = spool;
        this.workers = workers;
    }

    static RetryPolicy retry(int attempts, Duration first, Duration longest) {
        return new RetryPolicy(attempts, new Backoff(first, longest));
    }

    static SpoolSettings settings(Path folder) {
        return new SpoolSettings(
                folder, 1L << 30, 10_000, 64L << 20, 0, 100, 1L << 30, 100, Duration.ofHours(1), FAST, FAST);
    }

    static SpoolSettings withRetries(SpoolSettings s, RetryPolicy retry) {
        return new SpoolSettings(
                s.folder(),
                s.maxBytes(),
                s.maxCalls(),
                s.maxBody(),
                s.minFree(),
                s.maxDead(),
                s.maxDeadBytes(),
                s.maxDelivered(),
                s.deliveredFor(),
                retry,
                retry);
    }

    static Rig idle(SpoolSettings settings) throws IOException {
        return new Rig(Spool.open(settings), Optional.empty());
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

    private static Rig running(Spool spool, FunctionCaller functions, Optional<String> secret) {
        GuardedClient client = new GuardedClient(EgressPolicy.local(), EgressTimeouts.DEFAULTS);
        return new Rig(
                spool, Optional.of(DeliveryWorkers.start(spool, functions, client, new WorkerSettings(2, 4, secret))));
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
        try (SpoolWriter writer = spool.accept(call, OptionalLong.of(body.length))) {
            writer.write(body);
            writer.commit();
        }
    }

    void put(String id, String callbackUrl) throws IOException {
        put(call(id, callbackUrl), ("body of " + id).getBytes(StandardCharsets.UTF_8));
    }

    Phase phase(String id) throws IOException {
        return state(id).phase();
    }

    CallState state(String id) throws IOException {
        return spool.state(id).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        workers.ifPresent(DeliveryWorkers::close);
        spool.close();
    }
}
