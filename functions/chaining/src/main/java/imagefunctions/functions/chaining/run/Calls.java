package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.flow.Body;
import imagefunctions.functions.chaining.flow.Bounds;
import imagefunctions.functions.chaining.flow.FunctionCall;
import imagefunctions.functions.chaining.flow.OneOf;
import imagefunctions.functions.chaining.run.Timeline.End;
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
    private final Map<String, String> passed;
    private final Memory.Share memory;
    private final Timeline timeline;
    private final AtomicInteger made = new AtomicInteger();

    /**
     * The calls of one run.
     *
     * @param passed headers that every request carries
     */
    Calls(FunctionClient client, Map<String, String> passed, Memory.Share memory, Timeline timeline) {
        this.client = client;
        this.passed = passed;
        this.memory = memory;
        this.timeline = timeline;
    }

    /** Calls the function, within the call's own time and the place's. */
    Body call(FunctionCall call, Body body, Place place) throws StepFailed, InterruptedException {
        if (made.incrementAndGet() > Bounds.CALLS) {
            throw StepFailed.because(
                    place, "would be call " + (Bounds.CALLS + 1) + " of this run: let the workflow do less.");
        }
        Attempts attempts = new Attempts(call, place);
        try {
            Answer answer = attempts.until(place.deadline().orIn(call.timeout()), body);
            attempts.told(answer);
            if (answer instanceof Answer.Done done) {
                return done.body();
            }
            throw StepFailed.of(place, call.function(), answer);
        } catch (InterruptedException stopped) {
            attempts.over(End.CANCELLED, 0, 0);
            throw stopped;
        }
    }

    void skipped(Place place) {
        timeline.add(new Timeline.Entry(place.index(), place.path(), "", End.SKIPPED, 0, 0, 0, timeline.elapsed(), 0));
    }

    private final class Attempts {
        private final FunctionCall call;
        private final Place place;
        private final double start = timeline.elapsed();
        private int count;

        Attempts(FunctionCall call, Place place) {
            this.call = call;
            this.place = place;
        }

        Answer until(Deadline deadline, Body body) throws InterruptedException {
            while (true) {
                count++;
                Answer answer =
                        acceptable(client.ask(place.gateway(), call, body, place.values(), passed, deadline, memory));
                if (!answer.mayGoBetter() || count > call.retry().times()) {
                    return answer;
                }
                Duration pause = longer(call.retry().pause(count, ThreadLocalRandom.current()), answer.rest());
                if (pause.compareTo(deadline.left()) >= 0) {
                    return answer;
                }
                Thread.sleep(pause);
            }
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

        void told(Answer answer) {
            switch (answer) {
                case Answer.Done(int status, Body body) -> {
                    double took = over(End.DONE, status, body.size());
                    LOG.info(line(body.size() + " byte(s) HTTP: " + status, took));
                }
                default -> {
                    int status = answer.httpStatus();
                    double took = over(End.FAILED, status, 0);
                    LOG.warn(line(status == 0 ? answer.toString() : "0 byte(s) HTTP: " + status, took));
                }
            }
        }

        /** The seed's line: {@code [0] transpose 208856 byte(s) HTTP: 200 - 1.105000s}. */
        private String line(String what, double took) {
            return String.format(Locale.ROOT, "[%s] %s %s - %.6fs", place.index(), place.name(), what, took / 1e3);
        }

        double over(End end, int status, int bytes) {
            double took = timeline.elapsed() - start;
            timeline.add(new Timeline.Entry(
                    place.index(), place.path(), call.function(), end, count, status, bytes, start, took));
            return took;
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
