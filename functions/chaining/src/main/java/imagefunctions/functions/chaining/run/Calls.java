package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.run.Timeline.End;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.functions.chaining.workflow.OneOf;
import imagefunctions.functions.chaining.workflow.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** The calls of functions in one run: repeated where that may help, written into the log and the timeline. */
final class Calls {
    private static final Logger LOG = Logger.getLogger("imagefunctions.functions.chaining");

    private final FunctionClient client;
    private final OnePass onePass;
    private final Map<String, String> passed;
    private final MemoryBudget.Share memory;
    private final Timeline timeline;
    private final AtomicInteger made = new AtomicInteger();

    /**
     * The calls of one run.
     *
     * @param passed headers that every request carries
     */
    Calls(
            FunctionClient client,
            OnePass onePass,
            Map<String, String> passed,
            MemoryBudget.Share memory,
            Timeline timeline) {
        this.client = client;
        this.onePass = onePass;
        this.passed = passed;
        this.memory = memory;
        this.timeline = timeline;
    }

    /** Calls the function, within the call's own time and the place's. */
    Body call(FunctionCall call, Body body, StepContext place) throws StepFailedException, InterruptedException {
        count(place);
        Attempts attempts = new Attempts(call, place);
        Telling telling = new Telling(place, call.function());
        try {
            Answer answer = attempts.until(place.deadline().orIn(call.timeout()), body);
            if (answer instanceof Answer.Done(int status, Body result)) {
                telling.done("", result, " HTTP: " + status, attempts.made(), status);
                return result;
            }
            StepFailedException failure = StepFailedException.of(place, call.function(), answer);
            telling.failed(failure, attempts.made());
            throw failure;
        } catch (InterruptedException stopped) {
            telling.over(End.CANCELLED, attempts.made(), 0, 0);
            throw stopped;
        }
    }

    /** Runs the operations in this process. */
    Body onePass(Step.OnePass pass, Body body, StepContext place) throws StepFailedException, InterruptedException {
        count(place);
        Telling telling = new Telling(place, pass.name());
        try {
            Body result = onePass.run(pass, body, place, memory);
            telling.done("(one pass) ", result, "", Made.HERE, 0);
            return result;
        } catch (StepFailedException failure) {
            telling.failed(failure, Made.HERE);
            throw failure;
        } catch (InterruptedException stopped) {
            telling.over(End.CANCELLED, Made.HERE, 0, 0);
            throw stopped;
        }
    }

    void skipped(StepContext place) {
        timeline.add(
                new Timeline.Entry(place.index(), place.path(), "", End.SKIPPED, 0, "", 0, 0, timeline.elapsed(), 0));
    }

    private void count(StepContext place) throws StepFailedException {
        if (made.incrementAndGet() > Bounds.CALLS) {
            throw StepFailedException.because(
                    place, "would be call " + (Bounds.CALLS + 1) + " of this run: let the workflow do less.");
        }
    }

    /**
     * The attempts at one step.
     *
     * @param gateway who answered last: empty in this process
     */
    private record Made(int attempts, String gateway) {
        static final Made HERE = new Made(1, "");
    }

    private final class Attempts {
        private final FunctionCall call;
        private final StepContext place;
        private int attempts;
        private String gateway = "";

        Attempts(FunctionCall call, StepContext place) {
            this.call = call;
            this.place = place;
        }

        Answer until(Deadline deadline, Body body) throws InterruptedException {
            while (true) {
                attempts++;
                FunctionClient.Asked asked =
                        client.ask(place.gateways(), call, body, place.values(), passed, deadline, memory);
                gateway = asked.gateway();
                Answer answer = acceptable(asked.answer());
                if (!answer.mayGoBetter() || attempts > call.retry().times()) {
                    return answer;
                }
                // Calls that are sent away together should not come back together, even if told when to.
                Duration pause = answer.rest().plus(call.retry().pause(attempts, ThreadLocalRandom.current()));
                if (pause.compareTo(deadline.left()) >= 0) {
                    return answer;
                }
                Thread.sleep(pause);
            }
        }

        Made made() {
            return new Made(attempts, gateway);
        }

        /** A step that sends Accept does not take anything else. */
        private Answer acceptable(Answer answer) {
            if (answer instanceof Answer.Done(int status, Body body)
                    && call.accepts().isPresent()) {
                OneOf accepted = call.accepts().get();
                return accepted.isMetByType(body.contentType())
                        ? answer
                        : new Answer.Unusable(
                                status, "it is " + body.contentType() + " where Accept asks for " + accepted);
            }
            return answer;
        }
    }

    /** What the log and the timeline are told about one step, from its beginning on. */
    private final class Telling {
        private final StepContext place;
        private final String function;
        private final double start = timeline.elapsed();

        Telling(StepContext place, String function) {
            this.place = place;
            this.function = function;
        }

        void done(String how, Body result, String http, Made made, int status) {
            double took = over(End.DONE, made, status, result.size());
            LOG.info(line(how + result.size() + " byte(s)" + http, took));
        }

        void failed(StepFailedException failure, Made made) {
            int status = failure.stepStatus();
            double took = over(End.FAILED, made, status, 0);
            boolean answered = status != 0 && (status < 200 || status > 299);
            LOG.warn(line(answered ? "0 byte(s) HTTP: " + status : failure.detail(), took));
        }

        /** The line of a step: {@code [0] transpose 208856 byte(s) HTTP: 200 - 1.105000s}. */
        private String line(String what, double took) {
            return String.format(Locale.ROOT, "[%s] %s %s - %.6fs", place.index(), place.name(), what, took / 1e3);
        }

        double over(End end, Made made, int status, int bytes) {
            double took = timeline.elapsed() - start;
            timeline.add(new Timeline.Entry(
                    place.index(),
                    place.path(),
                    function,
                    end,
                    made.attempts(),
                    made.gateway(),
                    status,
                    bytes,
                    start,
                    took));
            return took;
        }
    }
}
