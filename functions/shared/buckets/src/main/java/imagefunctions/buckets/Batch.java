package imagefunctions.buckets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Does the same to many things, several at a time, and stops when the time is up. */
public final class Batch {
    private final int atATime;

    public Batch(int atATime) {
        this.atATime = atATime;
    }

    /**
     * Waits for all of it.
     *
     * @param work interrupted when the time is up
     * @param late the result of what was not done by then
     * @return the results in the order of the things
     */
    public <T, R> List<R> run(List<T> things, Duration time, Function<T, Callable<R>> work, Function<T, R> late)
            throws InterruptedException {
        Semaphore places = new Semaphore(atATime);
        List<Callable<R>> tasks =
                things.stream().map(thing -> placed(places, work.apply(thing))).toList();
        List<R> results = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<R>> done = threads.invokeAll(tasks, Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS);
            for (int i = 0; i < done.size(); i++) {
                results.add(result(done.get(i), things.get(i), late));
            }
        } finally {
            // Not close(): what cannot be interrupted would be waited for.
            threads.shutdownNow();
        }
        return results;
    }

    private static <R> Callable<R> placed(Semaphore places, Callable<R> task) {
        return () -> {
            places.acquire();
            try {
                return task.call();
            } finally {
                places.release();
            }
        };
    }

    private static <T, R> R result(Future<R> done, T thing, Function<T, R> late) throws InterruptedException {
        try {
            return done.get();
        } catch (CancellationException e) {
            return late.apply(thing);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the work on " + thing + " failed", e.getCause());
        }
    }
}
