package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueMetrics;
import imagefunctions.asynccalls.QueueNames;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The queue in numbers, asked of the servers at most once a second. */
final class Figures {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Home home;
    private final QueueNames queues;
    private Asked last = new Asked(0, 0, Duration.ZERO, 0);
    private long askAgain = System.nanoTime();

    Figures(Home home, QueueNames queues) {
        this.home = home;
        this.queues = queues;
    }

    /** What the servers said. */
    private record Asked(long calls, long callbacks, Duration overdue, long bytes) {}

    QueueMetrics now(int dead) {
        Asked asked = asked();
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

    private synchronized Asked asked() {
        if (System.nanoTime() - askAgain >= 0 && home.link.isReachable()) {
            try {
                last = ask();
            } catch (IOException | JetStreamApiException unreachable) {
                // What was known stays, and the readiness says the rest.
            }
            askAgain = System.nanoTime() + FRESH.toNanos();
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
