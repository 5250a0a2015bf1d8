package imagefunctions.runtime;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where calls are computed: functions that compute share a pool with a bounded queue, functions that wait for others
 * ({@code @RunOnVirtualThread}) get a virtual thread each, of which there is a bounded number too.
 */
@Singleton
final class WorkPool {
    private static final ThreadFactory VIRTUAL =
            Thread.ofVirtual().name("call-", 0).factory();

    private final ThreadPoolExecutor computing;
    private final Semaphore virtual;
    private final int maxWaiting;

    WorkPool(Limits limits) {
        this.maxWaiting = limits.maxWaiting();
        this.virtual = new Semaphore(limits.threads() + maxWaiting);
        this.computing = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(maxWaiting),
                Thread.ofPlatform().daemon().name("function-", 0).factory());
    }

    /**
     * Runs the work; cancelling the result takes it out of the queue, or interrupts it.
     *
     * @throws ProblemException (429) if too many calls wait already
     */
    <T> CompletableFuture<T> submit(boolean onVirtualThread, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        FutureTask<T> task = new FutureTask<>(work) {
            @Override
            protected void done() {
                switch (state()) {
                    case SUCCESS -> result.complete(resultNow());
                    case FAILED -> result.completeExceptionally(exceptionNow());
                    default -> result.cancel(false);
                }
            }
        };
        if (onVirtualThread) {
            startVirtual(task);
        } else {
            queue(task);
        }
        result.whenComplete((value, failure) -> {
            task.cancel(true);
            computing.remove(task);
        });
        return result;
    }

    private void queue(FutureTask<?> task) {
        try {
            computing.execute(task);
        } catch (RejectedExecutionException full) {
            throw tooMany();
        }
    }

    private void startVirtual(FutureTask<?> task) {
        if (!virtual.tryAcquire()) {
            throw tooMany();
        }
        VIRTUAL.newThread(() -> {
                    try {
                        task.run();
                    } finally {
                        virtual.release();
                    }
                })
                .start();
    }

    private ProblemException tooMany() {
        return new Problem.TooManyCalls(maxWaiting + " calls are waiting already: send this one again in a second.")
                .asException();
    }

    int running() {
        return computing.getActiveCount();
    }

    int waiting() {
        return computing.getQueue().size();
    }

    @PreDestroy
    void stop() {
        computing.shutdownNow();
    }
}
