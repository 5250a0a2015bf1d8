package imagefunctions.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks on virtual threads, a bounded number of them at the same time; the first failure interrupts the others. */
public final class ConcurrentTasks {
    private ConcurrentTasks() {}

    /**
     * Runs all tasks and returns when each has ended, after a failure too.
     *
     * @param concurrency how many run at the same time
     * @return the results in the order of the tasks
     * @throws ExecutionException with the first failure as its cause
     */
    public static <T> List<T> all(List<? extends Callable<T>> tasks, int concurrency)
            throws ExecutionException, InterruptedException {
        try (ExecutorService threads = threads(concurrency)) {
            try {
                return await(threads, tasks, Long.MAX_VALUE).stream()
                        .map(Future::resultNow)
                        .toList();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /**
     * Runs tasks for a limited time; those that have not ended by then are interrupted and not waited for.
     *
     * @param concurrency how many run at the same time
     * @return the results in the order of the tasks, empty for those that were out of time
     * @throws ExecutionException with the first failure as its cause
     */
    public static <T> List<Optional<T>> within(Duration time, List<? extends Callable<T>> tasks, int concurrency)
            throws ExecutionException, InterruptedException {
        ExecutorService threads = threads(concurrency);
        try {
            return await(threads, tasks, time.toNanos()).stream()
                    .map(ConcurrentTasks::resultIfDone)
                    .toList();
        } finally {
            // Not close(): what cannot be interrupted would be waited for.
            threads.shutdownNow();
        }
    }

    private static ExecutorService threads(int concurrency) {
        return Executors.newFixedThreadPool(
                concurrency, Thread.ofVirtual().name("task-", 0).factory());
    }

    private static <T> List<Future<T>> await(ExecutorService threads, List<? extends Callable<T>> tasks, long nanos)
            throws ExecutionException, InterruptedException {
        long start = System.nanoTime();
        var ended = new ExecutorCompletionService<T>(threads);
        List<Future<T>> results = tasks.stream().map(ended::submit).toList();
        for (int i = 0; i < results.size(); i++) {
            Future<T> next = ended.poll(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            next.get();
        }
        return results;
    }

    private static <T> Optional<T> resultIfDone(Future<T> result) {
        return result.state() == Future.State.SUCCESS ? Optional.of(result.resultNow()) : Optional.empty();
    }
}
