package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.run.Timeline.End;
import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.workflowruns.Failure;
import imagefunctions.workflowruns.StepHead;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records one step in the log and the timeline, from its start on. */
final class StepLog {
    private static final Logger LOG = Logger.getLogger("imagefunctions.functions.chaining");

    private final Timeline timeline;
    private final String key;
    private final StepContext context;
    private final String function;
    private final Instant start;

    StepLog(Timeline timeline, String key, StepContext context, String function) {
        this.timeline = timeline;
        this.key = key;
        this.context = context;
        this.function = function;
        this.start = timeline.now();
    }

    static void skipped(Timeline timeline, StepContext context) {
        new StepLog(timeline, context.index(), context, "").add(End.SKIPPED, List.of(), 0);
    }

    /** A step whose end was kept by an earlier call of this run. */
    static void kept(Timeline timeline, StepHead head, int bytes) {
        timeline.add(head, head.failure() == null ? End.DONE : End.FAILED, bytes);
    }

    StepHead done(Body result, int status, List<StepHead.Attempt> attempts) {
        StepHead head = head(attempts, status, result.contentType(), result.frames(), null);
        timeline.add(head, End.DONE, result.size());
        LOG.info(line(head, result.size() + " byte(s) HTTP: " + status));
        return head;
    }

    StepHead doneInProcess(Body result) {
        StepHead head = head(inProcess(""), 0, result.contentType(), result.frames(), null);
        timeline.add(head, End.DONE, result.size());
        LOG.info(line(head, "(one pass) " + result.size() + " byte(s)"));
        return head;
    }

    StepHead failed(Failure failure, List<StepHead.Attempt> attempts) {
        int status = failure.stepStatus();
        StepHead head = head(attempts, status, "", 1, failure);
        timeline.add(head, End.FAILED, 0);
        boolean isErrorStatus = status != 0 && (status < 200 || status > 299);
        LOG.warn(line(head, isErrorStatus ? "0 byte(s) HTTP: " + status : failure.detail()));
        return head;
    }

    StepHead failedInProcess(Failure failure) {
        return failed(failure, inProcess(failure.detail()));
    }

    void cancelled(List<StepHead.Attempt> attempts) {
        add(End.CANCELLED, attempts, 0);
    }

    void cancelledInProcess() {
        cancelled(inProcess("cancelled"));
    }

    private List<StepHead.Attempt> inProcess(String reason) {
        return List.of(new StepHead.Attempt(start, "", 0, reason));
    }

    private void add(End end, List<StepHead.Attempt> attempts, int bytes) {
        timeline.add(head(attempts, 0, "", 1, null), end, bytes);
    }

    private StepHead head(
            List<StepHead.Attempt> attempts, int status, String contentType, int frames, @Nullable Failure failure) {
        return new StepHead(
                key,
                context.index(),
                context.path(),
                function,
                attempts.isEmpty() ? "" : attempts.getLast().gateway(),
                status,
                contentType,
                frames,
                attempts.isEmpty() ? start : attempts.getFirst().started(),
                timeline.now(),
                attempts,
                failure);
    }

    /** The line of a step: {@code [0] transpose 208856 byte(s) HTTP: 200 - 1.105000s}. */
    private String line(StepHead head, String what) {
        return String.format(
                Locale.ROOT,
                "[%s] %s %s - %.6fs",
                context.index(),
                context.name(),
                what,
                Timeline.milliseconds(head.started(), head.ended()) / 1e3);
    }
}
