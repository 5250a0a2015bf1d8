package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.OneOf;
import imagefunctions.functions.chaining.workflow.Step;
import imagefunctions.retry.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the function calls of one run: retries them where that may help, and records them in the log and the timeline. */
final class Calls {
    private final FunctionClient client;
    private final OnePass onePass;
    private final Map<String, String> forwarded;
    private final MemoryBudget.Share memory;
    private final Timeline timeline;
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
            Timeline timeline) {
        this.client = client;
        this.onePass = onePass;
        this.forwarded = forwarded;
        this.memory = memory;
        this.timeline = timeline;
    }

    /** Calls the function, within the call's own timeout and the context's deadline. */
    Body call(FunctionCall call, Body body, StepContext context) throws StepFailedException, InterruptedException {
        count(context);
        Attempting attempts = new Attempting(call, context);
        StepLog log = new StepLog(timeline, context, call.function());
        try {
            Answer answer = attempts.until(context.deadline().orAfter(call.timeout()), body);
            if (answer instanceof Answer.Done(int status, Body result)) {
                log.done(result, status, attempts.summary());
                return result;
            }
            StepFailedException failure = StepFailedException.of(context, call.function(), answer);
            log.failed(failure, attempts.summary());
            throw failure;
        } catch (InterruptedException cancelled) {
            log.cancelled(attempts.summary());
            throw cancelled;
        }
    }

    /** Runs the operations in this process. */
    Body onePass(Step.OnePass pass, Body body, StepContext context) throws StepFailedException, InterruptedException {
        count(context);
        StepLog log = new StepLog(timeline, context, pass.name());
        try {
            Body result = onePass.run(pass, body, context, memory);
            log.doneInProcess(result);
            return result;
        } catch (StepFailedException failure) {
            log.failed(failure, StepLog.Attempts.IN_PROCESS);
            throw failure;
        } catch (InterruptedException cancelled) {
            log.cancelled(StepLog.Attempts.IN_PROCESS);
            throw cancelled;
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

    private final class Attempting {
        private final FunctionCall call;
        private final StepContext context;
        private int attempts;
        private String gateway = "";

        Attempting(FunctionCall call, StepContext context) {
            this.call = call;
            this.context = context;
        }

        Answer until(Deadline deadline, Body body) throws InterruptedException {
            RetryPolicy retry = call.retry().policy();
            while (true) {
                attempts++;
                FunctionClient.Exchange exchange =
                        client.exchange(context.gateways(), call, body, context.values(), forwarded, deadline, memory);
                gateway = exchange.gateway();
                Answer answer = acceptable(exchange.answer());
                if (!answer.isTransient() || !retry.allowsAfter(attempts)) {
                    return answer;
                }
                // Calls that are rejected together should not come back together, even if Retry-After says when.
                Duration pause = answer.retryAfter().plus(retry.backoff().withJitter(attempts));
                if (pause.compareTo(deadline.left()) >= 0) {
                    return answer;
                }
                Thread.sleep(pause);
            }
        }

        StepLog.Attempts summary() {
            return new StepLog.Attempts(attempts, gateway);
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
