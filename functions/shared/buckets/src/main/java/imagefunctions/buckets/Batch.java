package imagefunctions.buckets;

import imagefunctions.runtime.ProblemException;
import imagefunctions.tasks.ConcurrentTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Applies the same work to many items, several at the same time, and stops when the time is up. */
public final class Batch {
    private final int concurrency;

    public Batch(int concurrency) {
        this.concurrency = concurrency;
    }

    /**
     * Returns when all of it is done, or the time is up.
     *
     * @param work interrupted when the time is up
     * @param outOfTime the result of what was not done by then
     * @return the results in the order of the items
     * @throws ProblemException if an item has one that is not its own but the whole call's
     */
    public <T, R> List<R> run(List<T> items, Duration time, Function<T, Callable<R>> work, Function<T, R> outOfTime)
            throws InterruptedException {
        List<Optional<R>> done = within(time, items.stream().map(work).toList());
        List<R> results = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            T item = items.get(i);
            results.add(done.get(i).orElseGet(() -> outOfTime.apply(item)));
        }
        return results;
    }

    private <R> List<Optional<R>> within(Duration time, List<Callable<R>> tasks) throws InterruptedException {
        try {
            return ConcurrentTasks.within(time, tasks, concurrency);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException("A part of the batch failed.", e.getCause());
        }
    }
}
