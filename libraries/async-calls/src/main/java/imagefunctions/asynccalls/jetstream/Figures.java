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
    private final Known<Waiting> waiting = new Known<>(this::askWaiting, new Waiting(0, 0));
    private final Known<Long> bytes = new Known<>(this::askBytes, 0L);
    private final Known<Duration> overdue = new Known<>(this::askOverdue, Duration.ZERO);

    Figures(Home home, QueueNames queues) {
        this.home = home;
        this.queues = queues;
    }

    /** The calls that are not done, and the results that wait for their receivers. */
    private record Waiting(long calls, long callbacks) {}

    private interface Question<T> {
        T ask() throws IOException, JetStreamApiException;
    }

    /** What the servers said last. */
    private final class Known<T> {
        private final Question<T> question;
        private final ReentrantLock asking = new ReentrantLock();
        private volatile T answer;
        private volatile long askedAt = System.nanoTime() - FRESH.toNanos();

        Known(Question<T> question, T first) {
            this.question = question;
            this.answer = first;
        }

        /** As they said it so long ago at most, unless they do not answer, or somebody asks them just now. */
        T notOlderThan(Duration age) {
            if (System.nanoTime() - askedAt >= age.toNanos() && home.link.isReachable() && asking.tryLock()) {
                try {
                    answer = question.ask();
                } catch (IOException | JetStreamApiException | IllegalStateException unreachable) {
                    // What was known stays, and the readiness says the rest.
                } finally {
                    askedAt = System.nanoTime();
                    asking.unlock();
                }
            }
            return answer;
        }
    }

    /** Whether there are as many calls and results that wait for their receivers as may be, exact to about a second. */
    boolean isFull() {
        return isFull(waiting.notOlderThan(FRESH)) && isFull(waiting.notOlderThan(JUST_NOW));
    }

    private boolean isFull(Waiting all) {
        return all.calls() + all.callbacks() >= home.limits.maxCalls();
    }

    QueueMetrics now(int dead) {
        Waiting all = waiting.notOlderThan(FRESH);
        int running = home.running.size();
        return new QueueMetrics(
                (int) Math.max(0, all.calls() - running),
                running,
                (int) all.callbacks(),
                overdue.notOlderThan(FRESH),
                bytes.notOlderThan(FRESH),
                home.functionAttempts.sum(),
                home.callbackAttempts.sum(),
                home.deliveries.sum(),
                dead,
                home.givenUp.sum(),
                home.dropped.sum());
    }

    private Waiting askWaiting() throws IOException, JetStreamApiException {
        return new Waiting(
                state(home.names.calls()).getMsgCount(),
                state(home.names.callbacks()).getMsgCount());
    }

    private long askBytes() throws IOException, JetStreamApiException {
        return state(Names.bodyStream(home.names.callBodies())).getByteCount()
                + state(Names.bodyStream(home.names.resultBodies())).getByteCount();
    }

    private StreamState state(String stream) throws IOException, JetStreamApiException {
        return home.link.session().management().getStreamInfo(stream).getStreamState();
    }

    /** Since when the first message of any queue waits that no worker of any process has seen. */
    private Duration askOverdue() throws IOException, JetStreamApiException {
        Duration longest = Duration.ZERO;
        for (String queue : queues.all()) {
            Duration here = overdue(queue);
            longest = here.compareTo(longest) > 0 ? here : longest;
        }
        return longest;
    }

    private Duration overdue(String queue) throws IOException, JetStreamApiException {
        Session session = home.link.session();
        ConsumerInfo consumer = session.management().getConsumerInfo(home.names.calls(), queue);
        if (consumer.getNumPending() == 0) {
            return Duration.ZERO;
        }
        try {
            Instant since = session.management()
                    .getNextMessage(
                            home.names.calls(),
                            consumer.getDelivered().getStreamSequence() + 1,
                            home.names.callsOf(queue))
                    .getTime()
                    .toInstant();
            return Duration.between(since, Instant.now());
        } catch (JetStreamApiException e) {
            if (Patience.isNotFound(e)) {
                return Duration.ZERO; // It was taken or cancelled just now.
            }
            throw e;
        }
    }
}
