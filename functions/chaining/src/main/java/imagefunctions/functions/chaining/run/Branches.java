package imagefunctions.functions.chaining.run;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Branches at work at the same time, on virtual threads; the first to fail stops the others. */
final class Branches {
    private Branches() {}

    /**
     * Runs all of them and waits until each has ended.
     *
     * @param atOnce how many at most at the same time
     * @return their results, in their own order
     * @throws StepFailedException the first one that came up
     */
    static <T> List<T> all(List<Callable<T>> branches, int atOnce) throws StepFailedException, InterruptedException {
        var threads = Thread.ofVirtual().name("branch-", 0).factory();
        try (ExecutorService pool = Executors.newFixedThreadPool(atOnce, threads)) {
            var ended = new ExecutorCompletionService<T>(pool);
            List<Future<T>> results = branches.stream().map(ended::submit).toList();
            try {
                for (int i = 0; i < results.size(); i++) {
                    ended.take().get();
                }
                return results.stream().map(Future::resultNow).toList();
            } catch (ExecutionException e) {
                throw failure(e);
            } finally {
                pool.shutdownNow();
            }
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
