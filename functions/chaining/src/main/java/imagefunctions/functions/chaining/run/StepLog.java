package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.run.Timeline.End;
import imagefunctions.functions.chaining.workflow.Body;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Records one step in the log and the timeline, from its start on. */
final class StepLog {
    private static final Logger LOG = Logger.getLogger("imagefunctions.functions.chaining");
    private static final Body NOTHING = new Body("", new byte[0]);

    private final Timeline timeline;
    private final StepContext context;
    private final String function;
    private final double start;

    StepLog(Timeline timeline, StepContext context, String function) {
        this.timeline = timeline;
        this.context = context;
        this.function = function;
        this.start = timeline.elapsed();
    }

    /**
     * How a step was attempted.
     *
     * @param count the number of attempts
     * @param gateway the gateway that answered last; empty if none did, or within this process
     */
    record Attempts(int count, String gateway) {
        static final Attempts IN_PROCESS = new Attempts(1, "");
    }

    static void skipped(Timeline timeline, StepContext context) {
        new StepLog(timeline, context, "").add(End.SKIPPED, new Attempts(0, ""), 0, NOTHING, 0);
    }

    void done(Body result, int status, Attempts attempts) {
        double took = ended(End.DONE, attempts, status, result);
        LOG.info(line(result.size() + " byte(s) HTTP: " + status, took));
    }

    void doneInProcess(Body result) {
        double took = ended(End.DONE, Attempts.IN_PROCESS, 0, result);
        LOG.info(line("(one pass) " + result.size() + " byte(s)", took));
    }

    void failed(StepFailedException failure, Attempts attempts) {
        int status = failure.stepStatus();
        double took = ended(End.FAILED, attempts, status, NOTHING);
        boolean isErrorStatus = status != 0 && (status < 200 || status > 299);
        LOG.warn(line(isErrorStatus ? "0 byte(s) HTTP: " + status : failure.detail(), took));
    }

    void cancelled(Attempts attempts) {
        ended(End.CANCELLED, attempts, 0, NOTHING);
    }

    /** The line of a step: {@code [0] transpose 208856 byte(s) HTTP: 200 - 1.105000s}. */
    private String line(String what, double took) {
        return String.format(Locale.ROOT, "[%s] %s %s - %.6fs", context.index(), context.name(), what, took / 1e3);
    }

    private double ended(End end, Attempts attempts, int status, Body result) {
        double took = timeline.elapsed() - start;
        add(end, attempts, status, result, took);
        return took;
    }

    private void add(End end, Attempts attempts, int status, Body result, double took) {
        timeline.add(new Timeline.Entry(
                context.index(),
                context.path(),
                function,
                end,
                attempts.count(),
                attempts.gateway(),
                status,
                result.size(),
                result.frames(),
                start,
                took));
    }
}
