package imagefunctions.tasks;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Computes parts of one thing at the same time, each on a thread of its own: the first on the calling one, the others on
 * platform threads, since virtual ones would keep those that wait from going on.
 */
public final class SideBySide {
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("part-", 0).factory();

    private SideBySide() {}

    /**
     * Computes all parts and returns when each has ended, after a failure too. A failure of the first, and an
     * interruption of the calling thread, interrupt the others.
     *
     * @param part is given its number, from 0
     * @throws CancellationException if the calling thread is interrupted, which it remains
     */
    public static void compute(int parts, IntConsumer part) {
        if (parts == 1) {
            part.accept(0);
            return;
        }
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(THREADS)) {
            try {
                List<? extends Future<?>> others = IntStream.range(1, parts)
                        .mapToObj(i -> threads.submit(() -> part.accept(i)))
                        .toList();
                part.accept(0);
                for (Future<?> other : others) {
                    other.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The thread was interrupted: nobody waits for this any longer.");
            } catch (ExecutionException e) {
                throw unwrapped(e);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** What a part threw, which is nothing checked. */
    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
    }
}
