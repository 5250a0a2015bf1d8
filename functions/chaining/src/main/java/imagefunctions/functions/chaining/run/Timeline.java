package imagefunctions.functions.chaining.run;

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
     * @param frames how many pictures the file holds of which the result shows the first
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
            int frames,
            double after,
            double milliseconds) {}

    private final long start = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();

    double elapsed() {
        return (System.nanoTime() - start) / 1e6;
    }

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    /** The gateways that answered, each once, in the order of the steps. */
    public List<String> gateways() {
        return entries().stream()
                .filter(entry -> entry.status() != 0)
                .map(Entry::gateway)
                .distinct()
                .toList();
    }

    /** How many pictures the file holds of which the results show the first. */
    public int frames() {
        return entries().stream().mapToInt(Entry::frames).max().orElse(1);
    }

    public synchronized List<Entry> entries() {
        return entries.stream().sorted(Comparator.comparingDouble(Entry::after)).toList();
    }
}
