package imagefunctions.functions.chaining.run;

import imagefunctions.tasks.ConcurrentTasks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Branches that run at the same time; the first to fail stops the others. */
final class Branches {
    private Branches() {}

    /**
     * Runs all of them and waits until each has ended. Where one halts, the others go on to where they do.
     *
     * @param concurrency how many run at the same time
     * @return their results, in their own order
     * @throws StepFailedException the first one that came up
     */
    static <T> List<T> all(List<Callable<T>> branches, int concurrency)
            throws StepFailedException, InterruptedException {
        AtomicReference<@Nullable HaltedException> halted = new AtomicReference<>();
        try {
            List<Optional<T>> results = ConcurrentTasks.all(
                    branches.stream().map(branch -> halting(branch, halted)).toList(), concurrency);
            HaltedException why = halted.get();
            if (why != null) {
                throw why;
            }
            return results.stream().map(Optional::orElseThrow).toList();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static <T> Callable<Optional<T>> halting(
            Callable<T> branch, AtomicReference<@Nullable HaltedException> halted) {
        return () -> {
            try {
                return Optional.of(branch.call());
            } catch (HaltedException e) {
                halted.set(e);
                return Optional.empty();
            }
        };
    }

    private static StepFailedException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case StepFailedException failed -> failed;
            case RuntimeException ours -> throw ours;
            default -> throw new IllegalStateException(e.getCause());
        };
    }
}
