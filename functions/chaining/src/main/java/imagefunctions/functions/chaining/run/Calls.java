package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.OneOf;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.workflowruns.HookKey;
import imagefunctions.workflowruns.Journal;
import imagefunctions.workflowruns.Kept;
import imagefunctions.workflowruns.StepHead;
import imagefunctions.workflowruns.Tried;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the function calls of one run: retries them where that may help, records them in the log and the timeline, and
 * has the journal keep how each ended. What the journal has is not called again.
 */
final class Calls {
    private static final byte[] NOTHING = new byte[0];

    private final FunctionClient client;
    private final OnePass onePass;
    private final Map<String, String> forwarded;
    private final MemoryBudget.Share memory;
    private final Timeline timeline;
    private final Journal journal;
    private final Slice slice;
    private final AtomicInteger made = new AtomicInteger();

    /**
     * The calls of one run.
     *
     * @param forwarded headers that every request carries
     */
    Calls(
            FunctionClient client,
            OnePass onePass,
            Map<String, String> forwarded,
            MemoryBudget.Share memory,
            Timeline timeline,
            Journal journal,
            Slice slice) {
        this.client = client;
        this.onePass = onePass;
        this.forwarded = forwarded;
        this.memory = memory;
        this.timeline = timeline;
        this.journal = journal;
        this.slice = slice;
    }

    /** Calls the function, within the call's own timeout and the context's deadline, unless that has been done. */
    Body call(FunctionCall call, Body body, StepContext context) throws StepFailedException, InterruptedException {
        count(context);
        Optional<Kept<StepHead>> kept = kept(context.index());
        if (kept.isPresent()) {
            return result(kept.get());
        }
        begin(call.timeout());
        return result(made(context.index(), call, body, context, slice));
    }

    /** Calls a function at a workflow's end, after the run's time and whatever it was asked to do. */
    void hook(FunctionCall call, Body body, StepContext context) throws StepFailedException, InterruptedException {
        String key = HookKey.of(context.index());
        if (kept(key).isEmpty()) {
            made(key, call, body, context, new Slice(call.timeout().multipliedBy(2)));
        }
    }

    private Kept<StepHead> made(String key, FunctionCall call, Body body, StepContext context, Slice part)
            throws InterruptedException {
        Attempting attempts = new Attempting(key, call, context, part);
        StepLog log = new StepLog(timeline, key, context, call.function());
        try {
            Answer answer = attempts.until(context.deadline().orAfter(call.timeout()), body);
            if (answer instanceof Answer.Done(int status, Body result)) {
                return keep(log.done(result.madeFrom(body), status, attempts.made()), result.bytes());
            }
            StepFailedException failure = StepFailedException.of(context, call.function(), answer);
            return keep(log.failed(failure.failure(), attempts.made()), NOTHING);
        } catch (InterruptedException | HaltedException cancelled) {
            log.cancelled(attempts.made());
            throw cancelled;
        }
    }

    /** Runs the operations in this process, unless that has been done. */
    Body onePass(Step.OnePass pass, Body body, StepContext context) throws StepFailedException, InterruptedException {
        return onePass(pass, onePass.alone(body), context);
    }

    /** The picture of a body on which a number of passes are run. */
    OnePass.Picture shared(Body body, int passes) {
        return onePass.shared(body, passes);
    }

    Body onePass(Step.OnePass pass, OnePass.Picture picture, StepContext context)
            throws StepFailedException, InterruptedException {
        count(context);
        Optional<Kept<StepHead>> kept = kept(context.index());
        if (kept.isPresent()) {
            return result(kept.get());
        }
        begin(pass.timeout());
        StepLog log = new StepLog(timeline, context.index(), context, pass.name());
        try {
            Body result = onePass.run(pass, picture, context, memory);
            return result(keep(log.doneInProcess(result), result.bytes()));
        } catch (StepFailedException failure) {
            return result(keep(log.failedInProcess(failure.failure()), NOTHING));
        } catch (InterruptedException cancelled) {
            log.cancelledInProcess();
            throw cancelled;
        }
    }

    /** The files of the zip that the body is. */
    List<NamedBody> unzipped(Body body, StepContext context) throws StepFailedException {
        try {
            return ZipEntries.of(body, client.maxBody(), memory);
        } catch (ZipEntries.NoMemoryException e) {
            throw StepFailedException.noMemory(context, "cannot go through the files of its body:");
        } catch (IOException e) {
            String what = "cannot go through the files of its body: " + e.getMessage();
            // The body of the call is handed on as it is; what a function has answered is another one.
            boolean isCallers = body.bytes() == context.request().body();
            throw isCallers
                    ? StepFailedException.unprocessable(context, what)
                    : StepFailedException.because(context, what);
        }
    }

    void skipped(StepContext context) {
        StepLog.skipped(timeline, context);
    }

    private void count(StepContext context) throws StepFailedException {
        if (made.incrementAndGet() > Bounds.CALLS) {
            throw StepFailedException.because(
                    context,
                    "would make call " + (Bounds.CALLS + 1) + " of this run, and at most " + Bounds.CALLS
                            + " are allowed: split the workflow.");
        }
    }

    private Optional<Kept<StepHead>> kept(String key) {
        Optional<Kept<StepHead>> kept = journal.kept(key);
        kept.ifPresent(step -> {
            if (!memory.reserve(step.body().length)) {
                throw new HaltedException(Outcome.Reason.CALL_USED_UP);
            }
            StepLog.kept(timeline, step.head(), step.body().length);
        });
        return kept;
    }

    private Kept<StepHead> keep(StepHead head, byte[] body) {
        return journal.keep(new Kept<>(head, body));
    }

    private static Body result(Kept<StepHead> step) throws StepFailedException {
        if (step.head().failure() != null) {
            throw new StepFailedException(step.head().failure());
        }
        return new Body(step.head().contentType(), step.body(), step.head().frames());
    }

    /** Halts where the run is asked to, or where a step that takes this long should begin in another call. */
    private void begin(Duration timeout) {
        switch (journal.wish()) {
            case STOP -> throw new HaltedException(Outcome.Reason.STOPPED);
            case PAUSE -> throw new HaltedException(Outcome.Reason.PAUSED);
            case YIELD -> throw new HaltedException(Outcome.Reason.RUN_ELSEWHERE);
            case GO_ON -> {}
        }
        if (!slice.hasRoomFor(timeout)) {
            throw new HaltedException(Outcome.Reason.CALL_USED_UP);
        }
    }

    private final class Attempting {
        private final String key;
        private final FunctionCall call;
        private final StepContext context;
        private final Slice part;
        private final List<StepHead.Attempt> made;

        /** The attempts at a step; those that were made in earlier calls of this run count, too. */
        Attempting(String key, FunctionCall call, StepContext context, Slice part) {
            this.key = key;
            this.call = call;
            this.context = context;
            this.part = part;
            this.made = new ArrayList<>(journal.tried(key));
        }

        Answer until(Deadline deadline, Body body) throws InterruptedException {
            RetryPolicy retry = call.retry().policy();
            boolean cut = part.cuts(deadline);
            Deadline here = cut ? part.end() : deadline;
            while (true) {
                Answer answer = once(here, body);
                boolean again = answer.isTransient() && retry.allowsAfter(made.size());
                if (!again && !(cut && answer instanceof Answer.TimedOut)) {
                    return answer;
                }
                // Calls that are rejected together should not come back together, even if Retry-After says when.
                Duration pause = answer.retryAfter().plus(retry.backoff().withJitter(made.size()));
                boolean inTime = again && pause.compareTo(here.left()) < 0;
                if (!inTime && !cut) {
                    return answer;
                }
                if (again) {
                    journal.keep(new Tried(key, context.index(), context.path(), call.function(), made));
                }
                if (!inTime) {
                    throw new HaltedException(Outcome.Reason.CALL_USED_UP);
                }
                Thread.sleep(pause);
            }
        }

        private Answer once(Deadline deadline, Body body) throws InterruptedException {
            Instant started = timeline.now();
            Map<String, String> headers = new LinkedHashMap<>(forwarded);
            headers.put(Runner.STEP, context.index());
            FunctionClient.Exchange exchange = client.exchange(call, body, context, headers, deadline, memory);
            Answer answer = acceptable(exchange.answer());
            made.add(new StepHead.Attempt(started, exchange.gateway(), answer.httpStatus(), answer.reason()));
            return answer;
        }

        List<StepHead.Attempt> made() {
            return made;
        }

        /** A step that sends Accept rejects every other content type. */
        private Answer acceptable(Answer answer) {
            if (answer instanceof Answer.Done(int status, Body body)
                    && call.accepts().isPresent()) {
                OneOf accepted = call.accepts().get();
                return accepted.matchesMediaType(body.contentType())
                        ? answer
                        : new Answer.Unusable(
                                status,
                                "its content type is " + body.contentType() + " where Accept asks for " + accepted);
            }
            return answer;
        }
    }
}
