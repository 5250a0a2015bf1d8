package imagefunctions.functions.chaining.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What happened in a run, step by step, in the order of its beginnings. */
public final class Timeline {
    /** How a step ended. */
    public enum End {
        DONE,
        /** Its condition did not hold. */
        SKIPPED,
        FAILED,
        /** It was stopped before its end: a sibling failed, or the caller left. */
        CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One step's part.
     *
     * @param index its numbers, {@code 2.0}
     * @param step its names, {@code sizes[100]/thumbnail}
     * @param attempts requests that were made, 0 if it was skipped
     * @param gateway who answered last, {@code gateway.openfaas:8080}: empty if nobody was asked
     * @param status what its function answered last, 0 if nothing
     * @param bytes size of the result
     * @param after milliseconds from the run's beginning to its own
     * @param milliseconds its duration, with all attempts and pauses
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

    private final long start = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();

    double elapsed() {
        return (System.nanoTime() - start) / 1e6;
    }

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    /** The gateways that served, each once, in the order of the steps. */
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
