package imagefunctions.asynccalls.delivery;

import imagefunctions.asynccalls.CallQueue;
import imagefunctions.asynccalls.Claim;
import imagefunctions.asynccalls.WorkQueue;
import imagefunctions.egress.GuardedClient;
import imagefunctions.reasons.Reason;
import imagefunctions.traces.Traces;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of a queue: they call functions, and send the results to the callback URLs. */
public final class DeliveryWorkers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DeliveryWorkers.class.getName());

    /** What is done with one claimed entry. */
    interface Work<C extends Claim<?>> {
        void on(C claim) throws IOException, InterruptedException;
    }

    private final List<WorkQueue<?>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private DeliveryWorkers() {}

    public static DeliveryWorkers start(
            CallQueue queue, FunctionCaller functions, GuardedClient client, WorkerSettings settings, Traces traces) {
        DeliveryWorkers workers = new DeliveryWorkers();
        CallRunner runner = new CallRunner(functions);
        settings.callWorkers()
                .forEach((name, count) -> workers.add("async-call-" + name + "-", count, queue.calls(name), runner));
        workers.add(
                "async-callback-",
                settings.callbackWorkers(),
                queue.callbacks(),
                new CallbackSender(client, settings.secret(), traces));
        return workers;
    }

    private <C extends Claim<?>> void add(String name, int count, WorkQueue<C> queue, Work<C> work) {
        queues.add(queue);
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name(name + i).start(() -> run(queue, work)));
        }
    }

    private static <C extends Claim<?>> void run(WorkQueue<C> queue, Work<C> work) {
        try {
            boolean more = true;
            while (more) {
                more = step(queue, work);
            }
        } catch (InterruptedException stopped) {
            // What was claimed is kept, its attempt counted: the next process goes on with it.
        }
    }

    private static <C extends Claim<?>> boolean step(WorkQueue<C> queue, Work<C> work) throws InterruptedException {
        C claim = null;
        try {
            claim = queue.take();
            if (claim == null) {
                return false;
            }
            work.on(claim);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "The queue failed: {0}", Reason.of(e));
            pause(claim);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "A worker of the queue failed", e);
            pause(claim);
        }
        return true;
    }

    /** A home that fails is not asked again at once. */
    private static void pause(@Nullable Claim<?> claim) throws InterruptedException {
        if (claim != null) {
            claim.abandon();
        }
        Thread.sleep(Duration.ofSeconds(1));
    }

    /** Begins nothing new, and waits this long for what runs. */
    public void close(Duration grace) {
        queues.forEach(WorkQueue::close);
        long end = System.nanoTime() + grace.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }
}
