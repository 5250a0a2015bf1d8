package imagefunctions.tasks;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Computes parts of one thing at the same time: the first on the calling thread, the others on platform threads, since
 * virtual ones that compute would hold their carriers, and keep others from running. What no other thread has begun by
 * then, because the machine has other work or no more threads, the calling one computes too.
 */
public final class SideBySide {
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("part-", 0).factory();

    private SideBySide() {}

    /**
     * Computes all parts and returns when each has ended, after a failure too. A failure, and an interruption of the
     * calling thread, interrupt those that are still at work.
     *
     * @param part is given its number, from 0
     * @throws CancellationException if the calling thread is interrupted, which it remains
     */
    public static void compute(int parts, IntConsumer part) {
        if (parts == 1) {
            part.accept(0);
            return;
        }
        List<FutureTask<Boolean>> tasks = IntStream.range(0, parts)
                .mapToObj(i -> new FutureTask<>(() -> part.accept(i), true))
                .toList();
        List<Thread> threads =
                started(tasks.stream().skip(1).map(THREADS::newThread).toList());
        try {
            compute(tasks);
        } catch (InterruptedException e) {
            end(tasks, threads);
            Thread.currentThread().interrupt();
            throw new CancellationException("The thread was interrupted: nobody waits for this any longer.");
        } catch (ExecutionException e) {
            end(tasks, threads);
            throw unwrapped(e);
        }
    }

    /** Those that could be started. */
    private static List<Thread> started(List<Thread> threads) {
        int count = 0;
        try {
            for (Thread thread : threads) {
                thread.start();
                count++;
            }
        } catch (OutOfMemoryError noMoreThreads) {
            // Nothing is lost: the calling thread computes what they would have.
        }
        return threads.subList(0, count);
    }

    private static void compute(List<FutureTask<Boolean>> tasks) throws InterruptedException, ExecutionException {
        for (FutureTask<Boolean> task : tasks) {
            // Does nothing if another thread has begun.
            task.run();
            if (task.state() == Future.State.FAILED) {
                break;
            }
        }
        for (FutureTask<Boolean> task : tasks) {
            task.get();
        }
    }

    private static void end(List<FutureTask<Boolean>> tasks, List<Thread> threads) {
        tasks.forEach(task -> task.cancel(true));
        boolean interrupted = Thread.interrupted();
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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
