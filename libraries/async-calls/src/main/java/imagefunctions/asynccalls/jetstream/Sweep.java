package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallState;
import imagefunctions.asynccalls.QueueUnreachableException;
import imagefunctions.asynccalls.jetstream.CallRecord.Death;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.RecordCodec.NewerException;
import imagefunctions.asynccalls.jetstream.States.ChangedException;
import imagefunctions.asynccalls.jetstream.States.Kept;
import imagefunctions.reasons.Reason;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks at everything from time to time: delivered calls and dead letters beyond their limits go, what a process left that
 * ended between two steps is finished or removed. Several processes may do so at once.
 */
final class Sweep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sweep.class.getName());

    private final Home home;
    private final Duration every;
    private final Duration orphanAge;
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Messages that no record needed in the sweep before. */
    private Set<String> suspects = Set.of();

    private volatile int dead;

    Sweep(Home home, Duration every, Duration orphanAge) {
        this.home = home;
        this.every = every;
        this.orphanAge = orphanAge;
        Thread.ofVirtual().name("nats-sweep").start(this::run);
    }

    /** The dead letters that were there the last time. */
    int dead() {
        return dead;
    }

    private void run() {
        try {
            while (!closing.await(pause(), TimeUnit.MILLISECONDS)) {
                if (home.link.await() == null) {
                    return;
                }
                try {
                    once();
                } catch (IOException | JetStreamApiException e) {
                    String reason = e instanceof IOException io ? Reason.of(io) : e.getMessage();
                    LOG.log(System.Logger.Level.INFO, "The queue was not swept: {0}", reason);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "The queue was not swept", e);
                }
            }
        } catch (InterruptedException stopped) {
            // Others sweep.
        }
    }

    /** Several processes that were started together do not sweep together. */
    private long pause() {
        long half = every.toMillis() / 2;
        return half + ThreadLocalRandom.current().nextLong(half + 1);
    }

    private void once() throws IOException, JetStreamApiException {
        home.layout.askAckWait(home.link.session());
        Instant orphaned =
                home.link.session().now(Names.stateStream(home.names.states())).minus(orphanAge);
        TokenSweep tokens = new TokenSweep(home, orphaned);
        List<Kept> finished = new ArrayList<>();
        List<Kept> letters = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        Set<String> bodies = new HashSet<>();
        home.states.scan(
                kept -> {
                    CallRecord record = kept.record();
                    parts(kept).map(part -> part.body().name()).forEach(bodies::add);
                    if (record.delivered().isPresent()) {
                        finished.add(kept);
                    } else if (record.livingCall().isEmpty()
                            && record.livingCallback().isEmpty()) {
                        letters.add(kept);
                    } else {
                        tokens.living(kept);
                    }
                },
                marks::add);
        for (String key : marks) {
            apart(() -> home.states.removeMark(key));
        }
        for (Kept old : tokens.old()) {
            apart(() -> tokens.remind(old.record()));
        }
        Set<String> unneeded = tokens.unneeded();
        for (String subject : unneeded) {
            if (suspects.contains(subject)) {
                apart(() -> tokens.removeUnneeded(subject));
            }
        }
        suspects = unneeded;
        forget(finished, tokens);
        drop(letters, tokens);
        apart(() -> home.callBodies.sweep(orphaned, (call, body) -> bodies.contains(body) || isNamed(call, body)));
        apart(() -> home.resultBodies.sweep(orphaned, (call, body) -> bodies.contains(body) || isNamed(call, body)));
    }

    private interface Step {
        void run() throws IOException, JetStreamApiException;
    }

    /** One of many steps, which do not wait for one that fails; unless the servers are silent. */
    private static void apart(Step step) throws IOException {
        try {
            step.run();
        } catch (QueueUnreachableException e) {
            throw e;
        } catch (IOException | JetStreamApiException e) {
            String reason = e instanceof IOException io ? Reason.of(io) : e.getMessage();
            LOG.log(System.Logger.Level.INFO, "A part of the queue was not swept: {0}", reason);
        }
    }

    /** Asked again for what seems to have no call: the scan may have come from a server that lags behind. */
    private boolean isNamed(String callId, String body) throws IOException {
        try {
            return Call.isId(callId)
                    && home.states
                            .find(callId)
                            .filter(kept -> parts(kept)
                                    .anyMatch(part -> part.body().name().equals(body)))
                            .isPresent();
        } catch (NewerException e) {
            return true; // As far as can be told here.
        }
    }

    private void forget(List<Kept> finished, TokenSweep tokens) throws IOException {
        finished.sort(Comparator.comparing(Sweep::finishedAt));
        Instant before = Instant.now().minus(home.limits.deliveredFor());
        int tooMany = finished.size() - home.limits.maxDelivered();
        for (Kept kept : finished) {
            if (tooMany-- > 0 || finishedAt(kept).isBefore(before)) {
                apart(() -> remove(kept, tokens));
            }
        }
    }

    private static Instant finishedAt(Kept kept) {
        return kept.record().delivered().flatMap(CallState::finished).orElse(Instant.EPOCH);
    }

    private void drop(List<Kept> letters, TokenSweep tokens) throws IOException {
        letters.sort(Comparator.comparing(Sweep::diedAt));
        long bytes = letters.stream().mapToLong(Sweep::bytes).sum();
        int left = letters.size();
        for (Kept letter : letters) {
            if (left > 1 && (left > home.limits.maxDead() || bytes > home.limits.maxDeadBytes())) {
                apart(() -> drop(letter, tokens));
                bytes -= bytes(letter);
                left--;
            }
        }
        dead = left;
    }

    private void drop(Kept letter, TokenSweep tokens) throws IOException, JetStreamApiException {
        if (remove(letter, tokens)) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Dead letter {0} was dropped to keep within {1} letters and {2} bytes",
                    letter.record().id(),
                    home.limits.maxDead(),
                    home.limits.maxDeadBytes());
            home.dropped.increment();
        }
    }

    private static Stream<Part<?>> parts(Kept kept) {
        return Stream.concat(kept.record().call().stream(), kept.record().callback().stream());
    }

    private static Instant diedAt(Kept letter) {
        return parts(letter)
                .flatMap(part -> part.death().stream())
                .map(Death::since)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    private static long bytes(Kept letter) {
        return parts(letter).mapToLong(part -> part.body().length()).sum();
    }

    private boolean remove(Kept kept, TokenSweep tokens) throws IOException, JetStreamApiException {
        tokens.removeOf(kept.record());
        try {
            home.states.remove(kept);
        } catch (ChangedException e) {
            return false;
        }
        if (kept.record().call().isPresent()) {
            home.callBodies.delete(kept.record().call().get().body());
        }
        if (kept.record().callback().isPresent()) {
            home.resultBodies.delete(kept.record().callback().get().body());
        }
        return true;
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
