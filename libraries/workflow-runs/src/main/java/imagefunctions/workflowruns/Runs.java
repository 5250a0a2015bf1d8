package imagefunctions.workflowruns;

import imagefunctions.traces.TraceContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The durable runs of a store: who begins one, goes on with it, steers it or looks at it. */
public final class Runs {
    private static final System.Logger LOG = System.getLogger(Runs.class.getName());
    private static final byte[] NOTHING = new byte[0];
    private static final int PAGE = 100;
    /** Of how many calls a run knows that they steered it. */
    private static final int STEERED_KEPT = 16;

    private final RunStore store;
    private final Documents documents;
    private final RunLimits limits;
    private final RunQuota quota;

    public Runs(RunStore store, RunLimits limits) {
        this(store, limits, new RunQuota(store, limits));
    }

    private Runs(RunStore store, RunLimits limits, RunQuota quota) {
        this.store = store;
        this.documents = new Documents(store);
        this.limits = limits;
        this.quota = quota;
    }

    /** The same runs, for a call that is part of a trace. */
    public Runs within(Optional<TraceContext> trace) {
        return new Runs(store.within(trace), limits, quota);
    }

    /**
     * Begins the run, or goes on with the one of this id.
     *
     * @param body of the request; an empty one goes on with a run of any body and parameters
     * @throws RunsFullException if there is no room for another run
     */
    public Taken take(RunHead head, byte[] body) throws IOException {
        Optional<Kept<RunHead>> begun = begun(head.id());
        if (begun.isEmpty()) {
            quota.admit(body.length);
            // What an interrupted deletion has left must not count for the new one.
            documents.deleteAll(head.id(), documents.names(head.id()));
            documents.create(head.id(), Documents.RUN, new Kept<>(head, body));
            begun = begun(head.id());
        }
        Kept<RunHead> known = begun.orElseThrow(() -> new IOException("The run " + head.id() + " was deleted."));
        return isRepeated(known, head, body)
                ? goOn(known)
                : new Taken.Another(known.head().workflow());
    }

    private static boolean isRepeated(Kept<RunHead> known, RunHead head, byte[] body) {
        boolean sameRequest =
                known.head().query().equals(head.query()) && Kept.checksum(body).equals(Kept.checksum(known.body()));
        return known.head().workflow().equals(head.workflow()) && (body.length == 0 || sameRequest);
    }

    private Optional<Kept<RunHead>> begun(String id) throws IOException {
        return documents.read(id, Documents.RUN, RunHead.class);
    }

    private Taken goOn(Kept<RunHead> begun) throws IOException {
        String id = begun.head().id();
        List<String> names = documents.names(id);
        Optional<Kept<RunEnd>> end = end(id, names);
        if (end.isPresent()) {
            return new Taken.Ended(begun, end.get());
        }
        if (names.contains(Documents.PAUSE) && !names.contains(Documents.STOP)) {
            return new Taken.Paused();
        }
        return HeldRun.take(documents, begun, quota, limits.lease(), false);
    }

    /** The end that is among a run's documents, unless it has been tried again since they were listed. */
    private Optional<Kept<RunEnd>> end(String id, List<String> names) throws IOException {
        Optional<RunState> ended = Documents.ended(names);
        return ended.isEmpty() ? Optional.empty() : documents.read(id, Documents.end(ended.get()), RunEnd.class);
    }

    /**
     * Has a run pause before its next step.
     *
     * @return whether there is a run of this id
     */
    public boolean pause(String id) throws IOException {
        return ask(id, Documents.PAUSE);
    }

    /**
     * Has a run stop before its next step.
     *
     * @return whether there is a run of this id
     */
    public boolean stop(String id) throws IOException {
        return ask(id, Documents.STOP);
    }

    private boolean ask(String id, String wish) throws IOException {
        List<String> names = documents.names(id);
        if (!names.contains(Documents.RUN)) {
            return false;
        }
        if (Documents.ended(names).isEmpty()) {
            documents.create(id, wish, new Kept<>(Instant.now(), NOTHING));
        }
        return true;
    }

    /** Goes on with a run, if there is one of this id; one that was stopped comes to its end. */
    public Optional<Taken> goOn(String id) throws IOException {
        Optional<Kept<RunHead>> begun = begun(id);
        return begun.isEmpty() ? Optional.empty() : Optional.of(goOn(begun.get()));
    }

    /**
     * Goes on with a paused run.
     *
     * @param callId of the call that asks for it: its repetition goes on, too, but resumes nothing again
     */
    public Optional<Taken> resume(String id, String callId) throws IOException {
        List<String> names = documents.names(id);
        if (names.contains(Documents.RUN) && !names.contains(Documents.steered(callId))) {
            documents.delete(id, Documents.PAUSE);
            if (Documents.ended(names).isEmpty()) {
                keepSteered(id, callId);
            }
        }
        return goOn(id);
    }

    /**
     * Goes on with a failed run from the step that failed, with what was kept before it.
     *
     * @param callId of the call that asks for it: its repetition goes on, too, but tries nothing again
     */
    public Optional<Taken> retry(String id, String callId) throws IOException {
        Optional<Kept<RunHead>> begun = begun(id);
        List<String> names = documents.names(id);
        if (begun.isEmpty()
                || Documents.ended(names).filter(RunState.FAILED::equals).isEmpty()
                || names.contains(Documents.steered(callId))) {
            return goOn(id);
        }
        Taken taken = HeldRun.take(documents, begun.get(), quota, limits.lease(), true);
        if (taken instanceof Taken.Held(HeldRun run)) {
            try {
                undoFailure(id);
                keepSteered(id, callId);
            } catch (IOException e) {
                run.close();
                throw e;
            }
        }
        return Optional.of(taken);
    }

    /**
     * Says what a call has done last: if its process ends before, its repetition does it again. Of the calls before it the
     * latest are known, or there would be no end to them.
     */
    private void keepSteered(String id, String callId) throws IOException {
        for (String before : documents.steeredButLatest(id, STEERED_KEPT - 1)) {
            documents.delete(id, before);
        }
        documents.create(id, Documents.steered(callId), new Kept<>(Instant.now(), NOTHING));
    }

    /** Forgets how the run ended, and each step that failed with it: several may have at the same time. */
    private void undoFailure(String id) throws IOException {
        List<String> names = documents.names(id);
        Failure failure = end(id, names).map(end -> end.head().failure()).orElse(null);
        List<String> failed = new ArrayList<>(failure == null ? List.of() : List.of(failure.index()));
        for (String key : Documents.steps(names)) {
            documents
                    .readHead(id, Documents.step(key), StepHead.class)
                    .map(step -> step.head().failure())
                    .filter(Failure::endsRun)
                    .ifPresent(other -> failed.add(other.index()));
        }
        for (String key : Documents.tried(names)) {
            documents.delete(id, Documents.tried(key));
        }
        for (String key : Documents.steps(names)) {
            if (failed.stream().anyMatch(index -> isUndone(key, index))) {
                documents.delete(id, Documents.step(key));
            }
        }
        documents.delete(id, Documents.end(RunState.FAILED));
    }

    /**
     * Whether it is the step that failed, lies within it, or was called because of it at a workflow's end. A step whose
     * fallback failed is called again before that.
     */
    private static boolean isUndone(String key, String failed) {
        String step = FallbackIndex.stepOf(failed);
        return key.equals(step)
                || key.startsWith(step + ".")
                || HookKey.workflowOf(key).filter(failed::startsWith).isPresent();
    }

    public Optional<RunStatus> status(String id) throws IOException {
        List<String> names = documents.names(id);
        Optional<Kept.Head<RunHead>> head = documents.readHead(id, Documents.RUN, RunHead.class);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        List<RunStatus.Step> steps = new ArrayList<>();
        for (String key : Documents.steps(names)) {
            documents
                    .readHead(id, Documents.step(key), StepHead.class)
                    .ifPresent(step -> steps.add(new RunStatus.Step(step.head(), step.bytes(), step.checksum())));
        }
        steps.sort(Comparator.comparing(step -> step.head().started()));
        return Optional.of(status(head.get().head(), names, steps, tried(id, names)));
    }

    /** The steps that have not ended, and are tried again. */
    private List<Tried> tried(String id, List<String> names) throws IOException {
        List<Tried> tried = new ArrayList<>();
        for (String key : Documents.tried(names)) {
            if (!names.contains(Documents.step(key))) {
                documents
                        .readHead(id, Documents.tried(key), Tried.class)
                        .map(Kept.Head::head)
                        .ifPresent(tried::add);
            }
        }
        return tried;
    }

    private RunStatus status(RunHead head, List<String> names, List<RunStatus.Step> steps, List<Tried> tried)
            throws IOException {
        Optional<RunEnd> ended = end(head.id(), names).map(Kept::head);
        if (ended.isPresent()) {
            RunEnd end = ended.get();
            return new RunStatus(
                    head.id(),
                    head.workflow(),
                    end.state(),
                    head.started(),
                    end.ended(),
                    end.leftOut(),
                    end.failure(),
                    null,
                    steps,
                    tried);
        }
        // Without the end that was there when they were listed: it is tried again.
        List<String> now = Documents.ended(names).isPresent() ? documents.names(head.id()) : names;
        Optional<Lease> lease = lease(head.id(), now);
        return new RunStatus(
                head.id(),
                head.workflow(),
                lease.isPresent()
                        ? RunState.RUNNING
                        : now.contains(Documents.PAUSE) ? RunState.PAUSED : RunState.WAITING,
                head.started(),
                null,
                List.of(),
                null,
                lease.map(Lease::until).orElse(null),
                steps,
                tried);
    }

    /** The lease of a run that somebody is running. */
    private Optional<Lease> lease(String id, List<String> names) throws IOException {
        return documents
                .readHead(id, Documents.lease(Documents.latestLease(names)), Lease.class)
                .map(Kept.Head::head)
                .filter(latest -> latest.left().isPositive());
    }

    /** What a run began with, without its body. */
    public Optional<RunHead> head(String id) throws IOException {
        return documents.readHead(id, Documents.RUN, RunHead.class).map(Kept.Head::head);
    }

    /** How a step of a run ended, with its body, if it has. */
    public Optional<Kept<StepHead>> step(String id, String key) throws IOException {
        return documents.read(id, Documents.step(key), StepHead.class);
    }

    /**
     * A page of runs without their steps, in the order of their ids.
     *
     * @param after the id to go on behind, or an empty text
     */
    public RunPage list(Optional<RunState> state, Optional<String> workflow, String after, int limit)
            throws IOException {
        List<RunStatus> found = new ArrayList<>();
        String last = after;
        while (true) {
            List<RunStore.Stored> page = store.runs(last, PAGE);
            for (RunStore.Stored run : page) {
                if (found.size() == limit) {
                    return new RunPage(found, last);
                }
                last = run.id();
                inList(run)
                        .filter(status -> state.isEmpty() || state.get() == status.state())
                        .filter(status -> workflow.isEmpty() || workflow.get().equals(status.workflow()))
                        .ifPresent(found::add);
            }
            if (page.size() < PAGE) {
                return new RunPage(found, "");
            }
        }
    }

    private Optional<RunStatus> inList(RunStore.Stored run) throws IOException {
        try {
            Optional<Kept.Head<RunHead>> head = documents.readHead(run.id(), Documents.RUN, RunHead.class);
            return head.isEmpty()
                    ? Optional.empty()
                    : Optional.of(status(head.get().head(), Documents.names(run.documents()), List.of(), List.of()));
        } catch (DamagedDocumentException e) {
            LOG.log(System.Logger.Level.WARNING, "Run {0} is left out of the list: {1}", run.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** What became of the wish to delete a run. */
    public enum Deletion {
        DELETED,
        /** It is running: it has to be stopped first. */
        RUNNING,
        UNKNOWN
    }

    /** Deletes a run that nobody is running, damaged or not. */
    public Deletion delete(String id) throws IOException {
        List<String> names = documents.names(id);
        if (names.isEmpty()) {
            return Deletion.UNKNOWN;
        }
        if (Documents.ended(names).isEmpty() && lease(id, names).isPresent()) {
            return Deletion.RUNNING;
        }
        documents.deleteAll(id, names);
        return Deletion.DELETED;
    }

    /** The time after which a runner that says nothing more counts as ended. */
    public Duration lease() {
        return limits.lease();
    }
}
