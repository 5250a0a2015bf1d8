package imagefunctions.asynccalls;

import imagefunctions.egress.GuardedClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Empties a spool: calls functions, and brings their results to the callback URLs. */
public final class DeliveryWorkers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DeliveryWorkers.class.getName());

    /** What is done with one claimed item. */
    interface Work {
        void on(DelayQueue.Claim claim) throws IOException, InterruptedException;
    }

    private final SpoolFolder folder;
    private final List<Thread> threads = new ArrayList<>();

    private DeliveryWorkers(SpoolFolder folder) {
        this.folder = folder;
    }

    public static DeliveryWorkers start(
            Spool spool, FunctionCaller functions, GuardedClient client, WorkerSettings settings) {
        DeliveryWorkers workers = new DeliveryWorkers(spool.folder());
        SpoolFolder folder = spool.folder();
        workers.add("async-call-", settings.callWorkers(), folder.calls, new CallRunner(folder, functions));
        workers.add(
                "async-callback-",
                settings.callbackWorkers(),
                folder.callbacks,
                new CallbackSender(folder, client, settings.secret()));
        return workers;
    }

    private void add(String name, int count, DelayQueue lane, Work work) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name(name + i).start(() -> run(lane, work)));
        }
    }

    private static void run(DelayQueue lane, Work work) {
        try {
            boolean more = true;
            while (more) {
                more = step(lane, work);
            }
        } catch (InterruptedException stopped) {
            // What was claimed lies on disk, its attempt counted: the next start takes it up.
        }
    }

    private static boolean step(DelayQueue lane, Work work) throws InterruptedException {
        DelayQueue.Claim claim = null;
        try {
            claim = lane.take();
            if (claim == null) {
                return false;
            }
            work.on(claim);
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "The spool's worker failed", e);
            if (claim != null) {
                lane.abandon(claim);
            }
            Thread.sleep(Duration.ofSeconds(1)); // a disk that fails is not asked again at once
        }
        return true;
    }

    /** Begins nothing new, and waits so long for what runs. */
    public void close(Duration grace) {
        folder.calls.close();
        folder.callbacks.close();
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
