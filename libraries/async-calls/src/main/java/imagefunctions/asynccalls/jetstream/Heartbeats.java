package imagefunctions.asynccalls.jetstream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says for the entries that are worked on that their workers live, before the servers give them to others. */
final class Heartbeats implements AutoCloseable {
    private static final int PER_ACK_WAIT = 4;
    /** A quarter of the shortest time that the settings allow; that of the servers may change. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Set<Delivery> held = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    Heartbeats(NatsLink link, Layout layout) {
        Thread.ofVirtual().name("nats-heartbeats").start(() -> run(link, layout));
    }

    void add(Delivery delivery) {
        held.add(delivery);
    }

    void remove(Delivery delivery) {
        held.remove(delivery);
    }

    private void run(NatsLink link, Layout layout) {
        try {
            // Before, nobody knows how long the servers wait, and there is nothing to hold.
            link.await();
            long last = System.nanoTime();
            while (!closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - last >= layout.ackWait().toNanos() / PER_ACK_WAIT) {
                    held.forEach(Delivery::inProgress);
                    last = System.nanoTime();
                }
            }
        } catch (InterruptedException stopped) {
            // The servers give what is held to others.
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
