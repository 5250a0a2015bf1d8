package imagefunctions.functions.chaining.run;

import imagefunctions.workflowruns.StepHead;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What happened in a run, step by step, in order of start time. */
public final class Timeline {
    /** How a step ended. */
    public enum End {
        DONE,
        /** Its condition did not hold. */
        SKIPPED,
        FAILED,
        /** It was stopped before its end: a sibling failed, or the caller went away. */
        CANCELLED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One step.
     *
     * @param index its numbers: {@code 2.0}
     * @param step its names: {@code sizes[100]/thumbnail}
     * @param attempts the number of requests, 0 if it was skipped
     * @param gateway the gateway that answered last, such as {@code gateway.openfaas:8080}; empty if none was called
     * @param status the last status of its function, 0 if there was none
     * @param bytes size of the result
     * @param after milliseconds from the start of the run to the start of the step
     * @param milliseconds its duration, including all attempts and delays
     */
    public record Entry(
            String index,
            String step,
            String function,
            End end,
            int attempts,
            String gateway,
            int status,
            int bytes,
            double after,
            double milliseconds) {}

    private final Instant start;
    private final long since = System.nanoTime();
    private final Instant here;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * The timeline of a run.
     *
     * @param start when it began, in an earlier call perhaps
     */
    Timeline(Instant start) {
        this(start, Instant.now());
    }

    /** The timeline of a run that ended then. */
    Timeline(Instant start, Instant end) {
        this.start = start;
        this.here = end;
    }

    /** Now, by a clock that is not set meanwhile. */
    Instant now() {
        return here.plusNanos(System.nanoTime() - since);
    }

    double elapsed() {
        return milliseconds(start, now());
    }

    static double milliseconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }

    synchronized void add(StepHead step, End end, int bytes) {
        entries.add(new Entry(
                step.index(),
                step.step(),
                step.function(),
                end,
                step.attempts().size(),
                step.gateway(),
                step.status(),
                bytes,
                milliseconds(start, step.started()),
                milliseconds(step.started(), step.ended())));
    }

    /** The gateways that answered, each once, in the order of the steps. */
    public List<String> gateways() {
        return entries().stream()
                .filter(entry -> entry.status() != 0)
                .map(Entry::gateway)
                .distinct()
                .toList();
    }

    public synchronized List<Entry> entries() {
        return entries.stream().sorted(Comparator.comparingDouble(Entry::after)).toList();
    }
}
