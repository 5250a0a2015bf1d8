package imagefunctions.functions.chaining.run;

import imagefunctions.tasks.ConcurrentTasks;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Branches that run at the same time; the first to fail stops the others. */
final class Branches {
    private Branches() {}

    /**
     * Runs all of them and waits until each has ended.
     *
     * @param concurrency how many run at the same time
     * @return their results, in their own order
     * @throws StepFailedException the first one that came up
     */
    static <T> List<T> all(List<Callable<T>> branches, int concurrency)
            throws StepFailedException, InterruptedException {
        try {
            return ConcurrentTasks.all(branches, concurrency);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static StepFailedException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case StepFailedException failed -> failed;
            case RuntimeException ours -> throw ours;
            default -> throw new IllegalStateException(e.getCause());
        };
    }
}
