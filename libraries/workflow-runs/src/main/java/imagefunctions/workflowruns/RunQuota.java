package imagefunctions.workflowruns;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes room for new runs: those that have succeeded or were stopped go first, the oldest before the others, then the
 * failed ones. What is under way stays, unless nobody has gone on with it for as long as runs are kept.
 */
final class RunQuota {
    private static final System.Logger LOG = System.getLogger(RunQuota.class.getName());
    private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);
    private static final int PAGE = 1000;

    private final RunStore store;
    private final RunLimits limits;
    /** By the clock that nobody sets. */
    private long swept = System.nanoTime() - SWEPT_EVERY.toNanos();

    private long bytes;
    private int count;

    RunQuota(RunStore store, RunLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** Counts what this process has kept since the last sweep. */
    synchronized void added(long more) {
        bytes += more;
    }

    /** Makes room for a run whose body has this size. */
    synchronized void admit(long more) throws IOException {
        if (isFull(more) || System.nanoTime() - swept >= SWEPT_EVERY.toNanos()) {
            sweep(more);
        }
        if (isFull(more)) {
            throw new RunsFullException(limits);
        }
        count++;
        bytes += more;
    }

    private boolean isFull(long more) {
        return count + 1 > limits.maxCount() || bytes + more > limits.maxBytes();
    }

    /** Whether the last tenth of the room is in use: once it is full, that much is made, so that sweeps stay rare. */
    private boolean isCrowded(long more) {
        return count + 1 > limits.maxCount() - limits.maxCount() / 10
                || bytes + more > limits.maxBytes() - limits.maxBytes() / 10;
    }

    private record Known(RunStore.Stored run, Optional<RunState> ended, Instant written, long bytes) {
        static Known of(RunStore.Stored run) {
            return new Known(
                    run,
                    Documents.ended(Documents.names(run.documents())),
                    run.documents().stream()
                            .map(RunStore.Document::written)
                            .max(Comparator.naturalOrder())
                            .orElse(Instant.EPOCH),
                    run.documents().stream().mapToLong(RunStore.Document::bytes).sum());
        }

        boolean hasFailed() {
            return ended.filter(RunState.FAILED::equals).isPresent();
        }
    }

    private void sweep(long more) throws IOException {
        List<Known> known = known();
        count = known.size();
        bytes = known.stream().mapToLong(Known::bytes).sum();
        boolean full = isFull(more);
        Instant oldest = Instant.now().minus(limits.kept());
        for (Known run : known) {
            if (!run.hasFailed() && run.written().isBefore(oldest)) {
                drop(run);
            } else if (full && run.ended().isPresent() && isCrowded(more)) {
                drop(run);
            }
        }
        swept = System.nanoTime();
    }

    /** All runs, those first that go first. */
    private List<Known> known() throws IOException {
        List<Known> known = new ArrayList<>();
        String after = "";
        List<RunStore.Stored> page;
        do {
            page = store.runs(after, PAGE);
            page.forEach(run -> known.add(Known.of(run)));
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == PAGE);
        known.sort(Comparator.comparing(Known::hasFailed).thenComparing(Known::written));
        return known;
    }

    private void drop(Known run) throws IOException {
        LOG.log(
                System.Logger.Level.DEBUG,
                "Run {0} makes room for others",
                run.run().id());
        new Documents(store).deleteAll(run.run().id(), Documents.names(run.run().documents()));
        count--;
        bytes -= run.bytes();
    }
}
