package imagefunctions.workflowruns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A run whose lease this process holds and renews until it is closed.
 *
 * <p>Should the lease be lost, because the process stood still say, two may run it: what the first one kept counts for
 * both, so they do the work twice and nothing worse.
 */
public final class HeldRun implements Journal, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HeldRun.class.getName());
    private static final byte[] NOTHING = new byte[0];
    private static final int RENEWALS = 3;

    private final Documents documents;
    private final Kept<RunHead> begun;
    private final RunQuota quota;
    private final Duration lease;
    private final int number;
    private final Duration usedBefore;
    /** The keys of the steps of which earlier runners have kept attempts. */
    private final List<String> triedBefore;

    private final String owner = UUID.randomUUID().toString();
    private final long since = System.nanoTime();
    private final Thread keeper;
    private volatile boolean closed;

    private HeldRun(
            Documents documents,
            Kept<RunHead> begun,
            RunQuota quota,
            Duration lease,
            int number,
            Duration usedBefore,
            List<String> triedBefore) {
        this.documents = documents;
        this.begun = begun;
        this.quota = quota;
        this.lease = lease;
        this.number = number;
        this.usedBefore = usedBefore;
        this.triedBefore = triedBefore;
        this.keeper = Thread.ofVirtual().name("lease-" + begun.head().id()).unstarted(this::renew);
    }

    /**
     * Takes the lease if nobody has it; says how long it still lasts otherwise.
     *
     * @param resetTime whether the time that the run has used before does not count
     */
    static Taken take(Documents documents, Kept<RunHead> begun, RunQuota quota, Duration lease, boolean resetTime)
            throws IOException {
        String id = begun.head().id();
        List<String> names = documents.names(id);
        int latest = Documents.latestLease(names);
        Optional<Lease> before =
                documents.readHead(id, Documents.lease(latest), Lease.class).map(Kept.Head::head);
        Duration left = before.map(Lease::left).orElse(Duration.ZERO);
        if (left.isPositive()) {
            return new Taken.Elsewhere(left);
        }
        Duration used = resetTime ? Duration.ZERO : before.map(Lease::used).orElse(Duration.ZERO);
        HeldRun run = new HeldRun(documents, begun, quota, lease, latest + 1, used, Documents.tried(names));
        if (!documents.create(id, Documents.lease(run.number), run.current(lease)) || run.isLost()) {
            return new Taken.Elsewhere(lease);
        }
        if (latest > 0) {
            documents.delete(id, Documents.lease(latest));
        }
        run.keeper.start();
        return new Taken.Held(run);
    }

    public RunHead head() {
        return begun.head();
    }

    /** The body of the request that began it. */
    public byte[] body() {
        return begun.body();
    }

    /** How long the run has been running, by all its runners. */
    public Duration used() {
        return usedBefore.plusNanos(System.nanoTime() - since);
    }

    @Override
    public Optional<Kept<StepHead>> kept(String key) {
        try {
            return documents.read(head().id(), Documents.step(key), StepHead.class);
        } catch (DamagedDocumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Run {0}: the result of step {1} is damaged, it is called again",
                    head().id(),
                    key);
            return forgotten(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Kept<StepHead>> forgotten(String key) {
        try {
            documents.delete(head().id(), Documents.step(key));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Kept<StepHead> keep(Kept<StepHead> step) {
        String key = step.head().key();
        try {
            if (documents.create(head().id(), Documents.step(key), step)) {
                quota.added(step.body().length);
                if (step.head().attempts().size() > 1) {
                    documents.delete(head().id(), Documents.tried(key));
                }
                return step;
            }
            return kept(key).orElse(step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<StepHead.Attempt> tried(String key) {
        if (!triedBefore.contains(key)) {
            return List.of();
        }
        try {
            return documents
                    .readHead(head().id(), Documents.tried(key), Tried.class)
                    .map(kept -> kept.head().attempts())
                    .orElse(List.of());
        } catch (DamagedDocumentException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void keep(Tried tried) {
        try {
            documents.replace(head().id(), Documents.tried(tried.key()), new Kept<>(tried, NOTHING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Wish wish() {
        try {
            List<String> names = documents.names(head().id());
            if (isLost(names)) {
                return Wish.YIELD;
            }
            if (names.contains(Documents.STOP)) {
                return Wish.STOP;
            }
            return names.contains(Documents.PAUSE) ? Wish.PAUSE : Wish.GO_ON;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps how the run ended; if another runner was first, it is that one's end that counts, and is returned. */
    public Kept<RunEnd> end(RunEnd end, byte[] body) throws IOException {
        Kept<RunEnd> mine = new Kept<>(end, body);
        Optional<RunState> other = Documents.ended(documents.names(head().id()));
        if (other.isEmpty() && documents.create(head().id(), Documents.end(end.state()), mine)) {
            quota.added(body.length);
            return mine;
        }
        return documents
                .read(head().id(), Documents.end(other.orElse(end.state())), RunEnd.class)
                .orElse(mine);
    }

    private void renew() {
        try {
            while (!closed) {
                Thread.sleep(lease.dividedBy(RENEWALS));
                renewOnce();
            }
        } catch (InterruptedException ended) {
            // The run has ended here.
        }
    }

    private void renewOnce() {
        try {
            if (!isLost()) {
                documents.replace(head().id(), Documents.lease(number), current(lease));
            }
        } catch (IOException e) {
            // The run may have ended meanwhile, which breaks the renewal off.
            if (!closed) {
                LOG.log(System.Logger.Level.WARNING, "The lease of run " + head().id() + " cannot be renewed", e);
            }
        }
    }

    private boolean isLost() throws IOException {
        return isLost(documents.names(head().id()));
    }

    /** By a later lease, or by another owner: some stores let two writers at the same moment create the same document. */
    private boolean isLost(List<String> names) throws IOException {
        return Documents.latestLease(names) > number
                || documents
                        .readHead(head().id(), Documents.lease(number), Lease.class)
                        .filter(known -> known.head().owner().equals(owner))
                        .isEmpty();
    }

    private Kept<Lease> current(Duration lasting) {
        return new Kept<>(new Lease(owner, Instant.now().plus(lasting), lasting, used()), NOTHING);
    }

    /** Gives the lease back, so that the next runner need not wait. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        closed = true;
        keeper.interrupt();
        try {
            keeper.join();
            if (!isLost()) {
                documents.replace(head().id(), Documents.lease(number), current(Duration.ZERO));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The lease of run " + head().id() + " stays until it expires", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
