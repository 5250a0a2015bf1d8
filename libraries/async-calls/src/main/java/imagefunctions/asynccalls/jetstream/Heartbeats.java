package imagefunctions.asynccalls.jetstream;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says for the entries that are worked on that their workers live, before the servers give them to others. */
final class Heartbeats implements AutoCloseable {
    private static final int PER_ACK_WAIT = 4;

    private final Set<Message> held = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    Heartbeats(Duration ackWait) {
        long between = ackWait.toMillis() / PER_ACK_WAIT;
        Thread.ofVirtual().name("nats-heartbeats").start(() -> run(between));
    }

    void add(Message message) {
        held.add(message);
    }

    void remove(Message message) {
        held.remove(message);
    }

    private void run(long between) {
        try {
            while (!closing.await(between, TimeUnit.MILLISECONDS)) {
                for (Message message : held) {
                    beat(message);
                }
            }
        } catch (InterruptedException stopped) {
            // The servers give what is held to others.
        }
    }

    private static void beat(Message message) {
        try {
            message.inProgress();
        } catch (IllegalStateException disconnected) {
            // The next one may come in time.
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
