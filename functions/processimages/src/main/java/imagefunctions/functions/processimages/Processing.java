package imagefunctions.functions.processimages;

import imagefunctions.buckets.Batch;
import imagefunctions.buckets.Detail;
import imagefunctions.buckets.JsonReply;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectEvent;
import imagefunctions.storage.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Handles a call: converts the objects that it names or notifies of, or all pending ones. */
@Singleton
final class Processing {
    /** The number of pictures that a reconcile lists before converting them. */
    private static final int CHUNK = 64;

    private final ProcessSettings settings;
    private final ObjectStore store;
    private final Buckets buckets;
    private final FailureRecords failures;
    private final Conversion conversion;
    private final Batch batch;

    Processing(
            ProcessSettings settings,
            ObjectStore store,
            Buckets buckets,
            FailureRecords failures,
            Conversion conversion) {
        this.settings = settings;
        this.store = store;
        this.buckets = buckets;
        this.failures = failures;
        this.conversion = conversion;
        this.batch = new Batch(settings.concurrency());
    }

    Reply answer(Call call) throws InterruptedException {
        Target target = Target.of(call, settings.function());
        boolean detail = Detail.wanted(call);
        long deadline = System.nanoTime() + settings.callTimeout().toNanos();
        return switch (ProcessRequest.read(call.body())) {
            case ProcessRequest.Names request ->
                reply(convert(atMost(request.names()), target, call.id(), deadline), detail);
            case ProcessRequest.Notification request ->
                reply(requireNoTransientFailure(notified(request.events(), target, call.id(), deadline)), detail);
            case ProcessRequest.Reconcile request -> reconcile(request.after(), target, call.id(), deadline, detail);
        };
    }

    private List<String> atMost(List<String> names) {
        if (names.size() > settings.maxObjects()) {
            throw new Problem.TooLarge(names.size() + " names are too many for one call: give at most "
                            + settings.maxObjects() + ", or {\"reconcile\": true}.")
                    .asException();
        }
        return names;
    }

    private List<Outcome> convert(List<String> names, Target target, String callId, long deadline)
            throws InterruptedException {
        return batch.run(
                names,
                Duration.ofNanos(deadline - System.nanoTime()),
                name -> () -> conversion.of(name, target, callId),
                Outcome.TimedOut::new);
    }

    private List<Outcome> notified(List<ObjectEvent> events, Target target, String callId, long deadline)
            throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ObjectEvent event : events) {
            if (event.created() && event.bucket().equals(buckets.incoming())) {
                names.add(event.key());
            } else {
                outcomes.add(new Outcome.Ignored(
                        event.key(),
                        event.type() + " in " + event.bucket() + " is not a new object in " + buckets.incoming()));
            }
        }
        outcomes.addAll(convert(atMost(names.stream().distinct().toList()), target, callId, deadline));
        return outcomes;
    }

    /** An event source retries only after an error status. */
    private static List<Outcome> requireNoTransientFailure(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.TimedOut
                    || (outcome instanceof Outcome.Failed failed && failed.isTransient())) {
                Entry entry = Entry.of(outcome);
                throw new Problem.Unavailable(entry.name() + ": " + entry.reason()).asException();
            }
        }
        return outcomes;
    }

    private Reply reconcile(String after, Target target, String callId, long deadline, boolean detail)
            throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        try {
            PendingPictures pending = new PendingPictures(store, buckets, failures, after);
            while (true) {
                Chunk chunk = chunk(pending, deadline);
                outcomes.addAll(convert(chunk.names(), target, callId, deadline));
                // The next call goes on with these.
                outcomes.removeIf(Outcome.TimedOut.class::isInstance);
                boolean inTime = System.nanoTime() < deadline;
                // What is done of a chunk that was not finished is seen to be current the next time.
                String position = inTime ? pending.position() : chunk.settled();
                if (!inTime || outcomes.size() >= settings.maxObjects()) {
                    return reply(outcomes, detail)
                            .with("X-Reconcile-After", URLEncoder.encode(position, StandardCharsets.UTF_8));
                }
                if (chunk.names().isEmpty()) {
                    return reply(outcomes, detail);
                }
            }
        } catch (IOException e) {
            throw new Problem.Unavailable(String.valueOf(e.getMessage())).asException();
        }
    }

    /**
     * A batch of pictures to convert.
     *
     * @param settled the name up to which nothing is left to convert
     */
    private record Chunk(String settled, List<String> names) {}

    /** The next pictures to convert: none at the end, or after the deadline. */
    private static Chunk chunk(PendingPictures pending, long deadline) throws IOException {
        List<String> names = new ArrayList<>();
        String settled = pending.position();
        while (names.size() < CHUNK && System.nanoTime() < deadline) {
            Optional<String> name = pending.next(deadline);
            if (names.isEmpty()) {
                settled = name.isPresent() ? pending.positionBefore() : pending.position();
            }
            if (name.isEmpty()) {
                break;
            }
            names.add(name.get());
        }
        return new Chunk(settled, names);
    }

    private static Reply reply(List<Outcome> outcomes, boolean detail) {
        long failed = outcomes.stream()
                .filter(o -> o instanceof Outcome.Failed || o instanceof Outcome.TimedOut)
                .count();
        Reply reply = detail
                ? JsonReply.entries(outcomes.stream().map(Entry::of).toList(), failed)
                : JsonReply.names(done(outcomes), failed);
        String gateways = outcomes.stream()
                .filter(Outcome.Processed.class::isInstance)
                .map(outcome -> ((Outcome.Processed) outcome).gateway())
                .distinct()
                .collect(Collectors.joining(", "));
        return gateways.isEmpty() ? reply : reply.with(GatewayClient.NODE, gateways);
    }

    private static List<String> done(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(o -> o instanceof Outcome.Processed || o instanceof Outcome.Skipped)
                .map(Outcome::name)
                .toList();
    }
}
