package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.QueueNames;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** The queue in numbers, asked of the servers about once a second. */
final class Figures {
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How old figures may be that a call is refused for. */
    private static final Duration JUST_NOW = Duration.ofMillis(100);

    private final Home home;
    private final QueueNames queues;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Asked last = new Asked(0, 0, Duration.ZERO, 0);
    private volatile long askedAt = System.nanoTime() - FRESH.toNanos();

    Figures(Home home, QueueNames queues) {
        this.home = home;
        this.queues = queues;
    }

    /** What the servers said. */
    private record Asked(long calls, long callbacks, Duration overdue, long bytes) {}

    /** Whether there are as many calls and results that wait for their receivers as may be; exact to a second. */
    boolean isFull() {
        return isFull(asked(FRESH)) && isFull(asked(JUST_NOW));
    }

    private boolean isFull(Asked asked) {
        return asked.calls() + asked.callbacks() >= home.limits.maxCalls();
    }

    QueueMetrics now(int dead) {
        Asked asked = asked(FRESH);
        int running = home.running.size();
        return new QueueMetrics(
                (int) Math.max(0, asked.calls() - running),
                running,
                (int) asked.callbacks(),
                asked.overdue(),
                asked.bytes(),
                home.functionAttempts.sum(),
                home.callbackAttempts.sum(),
                home.deliveries.sum(),
                dead,
                home.givenUp.sum(),
                home.dropped.sum());
    }

    /** What the servers said no longer ago than this, or said last, if they do not answer or somebody asks them now. */
    private Asked asked(Duration age) {
        if (System.nanoTime() - askedAt >= age.toNanos() && home.link.isReachable() && asking.tryLock()) {
            try {
                last = ask();
            } catch (IOException | JetStreamApiException unreachable) {
                // What was known stays, and the readiness says the rest.
            } finally {
                askedAt = System.nanoTime();
                asking.unlock();
            }
        }
        return last;
    }

    private Asked ask() throws IOException, JetStreamApiException {
        return new Asked(
                state(home.names.calls()).getMsgCount(),
                state(home.names.callbacks()).getMsgCount(),
                overdue(),
                state(Names.bodyStream(home.names.callBodies())).getByteCount()
                        + state(Names.bodyStream(home.names.resultBodies())).getByteCount());
    }

    private StreamState state(String stream) throws IOException, JetStreamApiException {
        return home.link.session().management().getStreamInfo(stream).getStreamState();
    }

    /** Since when the first message of any queue waits that no worker of any process has seen. */
    private Duration overdue() throws IOException, JetStreamApiException {
        Duration longest = Duration.ZERO;
        for (String queue : queues.all()) {
            Duration overdue = overdue(queue);
            longest = overdue.compareTo(longest) > 0 ? overdue : longest;
        }
        return longest;
    }

    private Duration overdue(String queue) throws IOException, JetStreamApiException {
        Session session = home.link.session();
        ConsumerInfo consumer = session.management().getConsumerInfo(home.names.calls(), queue);
        if (consumer.getNumPending() == 0) {
            return Duration.ZERO;
        }
        Instant since = session.management()
                .getNextMessage(
                        home.names.calls(), consumer.getDelivered().getStreamSequence() + 1, home.names.callsOf(queue))
                .getTime()
                .toInstant();
        return Duration.between(since, Instant.now());
    }
}
