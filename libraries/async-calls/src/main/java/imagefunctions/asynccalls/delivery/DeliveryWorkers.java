package imagefunctions.asynccalls.delivery;

import imagefunctions.asynccalls.store.Claim;
import imagefunctions.asynccalls.store.DelayQueue;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.egress.GuardedClient;
import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of a spool: they call functions, and send the results to the callback URLs. */
public final class DeliveryWorkers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DeliveryWorkers.class.getName());

    /** What is done with one claimed entry. */
    interface Work {
        void on(Claim claim) throws IOException, InterruptedException;
    }

    private final Spool spool;
    private final List<Thread> threads = new ArrayList<>();

    private DeliveryWorkers(Spool spool) {
        this.spool = spool;
    }

    public static DeliveryWorkers start(
            Spool spool, FunctionCaller functions, GuardedClient client, WorkerSettings settings) {
        DeliveryWorkers workers = new DeliveryWorkers(spool);
        workers.add("async-call-", settings.callWorkers(), spool.calls(), new CallRunner(spool, functions));
        workers.add(
                "async-callback-",
                settings.callbackWorkers(),
                spool.callbacks(),
                new CallbackSender(spool, client, settings.secret()));
        return workers;
    }

    private void add(String name, int count, DelayQueue<?> queue, Work work) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name(name + i).start(() -> run(queue, work)));
        }
    }

    private static void run(DelayQueue<?> queue, Work work) {
        try {
            boolean more = true;
            while (more) {
                more = step(queue, work);
            }
        } catch (InterruptedException stopped) {
            // What was claimed is on disk, its attempt counted: the next process goes on with it.
        }
    }

    private static boolean step(DelayQueue<?> queue, Work work) throws InterruptedException {
        Claim claim = null;
        try {
            claim = queue.take();
            if (claim == null) {
                return false;
            }
            work.on(claim);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "The spool failed: {0}", Reason.of(e));
            pause(queue, claim);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "The spool's worker failed", e);
            pause(queue, claim);
        }
        return true;
    }

    /** A disk that fails is not asked again at once. */
    private static void pause(DelayQueue<?> queue, @Nullable Claim claim) throws InterruptedException {
        if (claim != null) {
            queue.abandon(claim);
        }
        Thread.sleep(Duration.ofSeconds(1));
    }

    /** Begins nothing new, and waits this long for what runs. */
    public void close(Duration grace) {
        spool.calls().close();
        spool.callbacks().close();
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
