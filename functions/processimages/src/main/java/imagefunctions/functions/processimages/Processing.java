package imagefunctions.functions.processimages;

import imagefunctions.bucketfunction.Batch;
import imagefunctions.bucketfunction.Detail;
import imagefunctions.bucketfunction.JsonReply;
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

/** Converts what a call names, tells of, or leaves to be found. */
@Singleton
final class Processing {
    /** Pictures of a reconcile that are found before they are converted. */
    private static final int CHUNK = 64;

    private final ProcessSettings settings;
    private final ObjectStore store;
    private final Buckets buckets;
    private final FailureNotes notes;
    private final Conversion conversion;
    private final Batch batch;

    Processing(
            ProcessSettings settings, ObjectStore store, Buckets buckets, FailureNotes notes, Conversion conversion) {
        this.settings = settings;
        this.store = store;
        this.buckets = buckets;
        this.notes = notes;
        this.conversion = conversion;
        this.batch = new Batch(settings.atATime());
    }

    Reply answer(Call call) throws InterruptedException {
        Target target = Target.of(call, settings.function());
        boolean detail = Detail.wanted(call);
        long deadline = System.nanoTime() + settings.time().toNanos();
        return switch (ProcessRequest.read(call.body())) {
            case ProcessRequest.Names request ->
                reply(convert(atMost(request.names()), target, call.id(), deadline), detail);
            case ProcessRequest.Notification request ->
                reply(told(notified(request.events(), target, call.id(), deadline)), detail);
            case ProcessRequest.Reconcile request -> reconcile(request.after(), target, call.id(), deadline, detail);
        };
    }

    private List<String> atMost(List<String> names) {
        if (names.size() > settings.maxObjects()) {
            throw new Problem.TooLarge(names.size() + " names are too many for one call: give " + settings.maxObjects()
                            + " at a time, or {\"reconcile\": true}.")
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
                Processing::late);
    }

    private static Outcome late(String name) {
        return new Outcome.Failed(name, "The time for this call was up before: call again.", true);
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
                        event.type() + " in " + event.bucket() + " is no new object of " + buckets.incoming()));
            }
        }
        outcomes.addAll(convert(atMost(names.stream().distinct().toList()), target, callId, deadline));
        return outcomes;
    }

    /** Whoever sends events tries again only if it is told to. */
    private static List<Outcome> told(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Failed failed && failed.passing()) {
                throw new Problem.Unavailable(failed.name() + ": " + failed.reason()).asException();
            }
        }
        return outcomes;
    }

    private Reply reconcile(String after, Target target, String callId, long deadline, boolean detail)
            throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        String position = after;
        try {
            Unconverted unconverted = new Unconverted(store, buckets, notes, after);
            while (true) {
                List<String> chunk = chunk(unconverted, deadline);
                outcomes.addAll(convert(chunk, target, callId, deadline));
                boolean inTime = System.nanoTime() < deadline;
                if (inTime || chunk.isEmpty()) {
                    position = unconverted.position();
                }
                if (!inTime || outcomes.size() >= settings.maxObjects()) {
                    return reply(outcomes, detail)
                            .with("X-Reconcile-After", URLEncoder.encode(position, StandardCharsets.UTF_8));
                }
                if (chunk.isEmpty()) {
                    return reply(outcomes, detail);
                }
            }
        } catch (IOException e) {
            throw new Problem.Unavailable(String.valueOf(e.getMessage())).asException();
        }
    }

    /** The next pictures to convert, as many as one batch takes: none at the end, or when the time is up. */
    private static List<String> chunk(Unconverted unconverted, long deadline) throws IOException {
        List<String> chunk = new ArrayList<>();
        while (chunk.size() < CHUNK && System.nanoTime() < deadline) {
            Optional<String> name = unconverted.next(deadline);
            if (name.isEmpty()) {
                break;
            }
            chunk.add(name.get());
        }
        return chunk;
    }

    private static Reply reply(List<Outcome> outcomes, boolean detail) {
        long failed = outcomes.stream().filter(Outcome.Failed.class::isInstance).count();
        if (detail) {
            return JsonReply.entries(outcomes.stream().map(Entry::of).toList(), failed);
        }
        List<String> names = outcomes.stream()
                .filter(o -> o instanceof Outcome.Processed || o instanceof Outcome.Skipped)
                .map(Outcome::name)
                .toList();
        return JsonReply.names(names, failed);
    }
}
