package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls: functions that compute share a pool of threads, functions that wait for others
 * ({@code @RunOnVirtualThread}) get a virtual thread each; the number of calls of either kind is limited by permits.
 */
@Singleton
final class WorkPool {
    private static final ThreadFactory VIRTUAL =
            Thread.ofVirtual().name("call-", 0).factory();

    private final int most;
    private final int threads;
    private final Semaphore permits;
    private final Semaphore virtualPermits;
    private final ThreadPoolExecutor computing;

    WorkPool(CallLimits limits) {
        this.most = limits.permits();
        this.threads = limits.threads();
        this.permits = new Semaphore(most);
        this.virtualPermits = new Semaphore(most);
        this.computing = new Computing(limits.threads(), permits);
    }

    /**
     * Runs the work; cancelling the result takes it out of the queue, or interrupts it.
     *
     * @throws ProblemException (429) if too many calls are at work or wait already
     */
    <T> CompletableFuture<T> submit(boolean onVirtualThread, Callable<T> work) {
        if (!(onVirtualThread ? virtualPermits : permits).tryAcquire()) {
            throw new Problem.TooManyCalls(
                            most + " calls are at work or wait already: send this one again in a second.")
                    .asException();
        }
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
            computing.execute(task);
        }
        result.whenComplete((value, failure) -> {
            task.cancel(true);
            computing.remove(task);
        });
        return result;
    }

    private void startVirtual(Runnable task) {
        VIRTUAL.newThread(() -> {
                    try {
                        task.run();
                    } finally {
                        virtualPermits.release();
                    }
                })
                .start();
    }

    Load load(boolean onVirtualThread) {
        int free = (onVirtualThread ? virtualPermits : permits).availablePermits();
        return new Load(most - free, onVirtualThread ? most : threads, free);
    }

    /** Whether a call of either kind would be refused now. */
    boolean full() {
        return load(false).isFull() || load(true).isFull();
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

    /** Threads that return a call's permit when the call really ends: a cancelled one may take a while to. */
    private static final class Computing extends ThreadPoolExecutor {
        private final Semaphore permits;

        Computing(int threads, Semaphore permits) {
            super(
                    threads,
                    threads,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("function-", 0).factory());
            this.permits = permits;
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable failure) {
            permits.release();
        }

        @Override
        public boolean remove(Runnable task) {
            boolean waited = super.remove(task);
            if (waited) {
                permits.release();
            }
            return waited;
        }
    }
}
