package imagefunctions.asynccalls.jetstream;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.ObjectStore;
import io.nats.client.ObjectStoreOptions;
import io.nats.client.PublishOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ways of using one connection. Those that ask for a bucket first are made once it is there, and kept. */
final class Session {
    private static final JetStreamOptions PROMPT =
            JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(2)).build();
    private static final KeyValueOptions PROMPT_STATES =
            KeyValueOptions.builder().jetStreamOptions(PROMPT).build();
    private static final ObjectStoreOptions PROMPT_BODIES =
            ObjectStoreOptions.builder().jetStreamOptions(PROMPT).build();
    /** Earlier servers, started again, take the purge of a subject for one of all that the stream held then. */
    private static final String SUBJECTS = "2.9.18";
    /** Earlier servers that purge the subject of a stream with a consumer never deliver what waits in front of it. */
    private static final String BESIDE_CONSUMERS = "2.10.0";

    private final Connection connection;
    private final JetStream js;
    private final JetStreamManagement management;
    private final Map<String, KeyValue> states = new ConcurrentHashMap<>();
    private final Map<String, ObjectStore> bodies = new ConcurrentHashMap<>();

    Session(Connection connection) throws IOException {
        this.connection = connection;
        this.js = connection.jetStream(PROMPT);
        this.management = connection.jetStreamManagement(PROMPT);
    }

    Connection connection() {
        return connection;
    }

    /** Whether the server is one of several. */
    boolean isClustered() {
        String cluster = connection.getServerInfo().getCluster();
        return cluster != null && !cluster.isEmpty();
    }

    JetStream js() {
        return js;
    }

    JetStreamManagement management() {
        return management;
    }

    KeyValue states(String bucket) throws IOException {
        KeyValue known = states.get(bucket);
        if (known == null) {
            known = connection.keyValue(bucket, PROMPT_STATES);
            states.put(bucket, known);
        }
        return known;
    }

    ObjectStore bodies(String bucket) throws IOException {
        ObjectStore known = bodies.get(bucket);
        if (known == null) {
            known = connection.objectStore(bucket, PROMPT_BODIES);
            bodies.put(bucket, known);
        }
        return known;
    }

    /** The time by which a stream's messages are dated; this machine's where servers before 2.10 do not say theirs. */
    Instant now(String stream) throws IOException, JetStreamApiException {
        ZonedDateTime time = management.getStreamInfo(stream).getTimestamp();
        return time == null ? Instant.now() : time.toInstant();
    }

    /** Publishes a message; whoever repeats this with the same id does so once. */
    void publish(String subject, byte[] data, String id) throws IOException, JetStreamApiException {
        PublishAck ack =
                js.publish(subject, data, PublishOptions.builder().messageId(id).build());
        if (ack.isDuplicate() && ack.getSeqno() == 0) {
            throw new IOException("the first message of this id is on its way, and may not arrive");
        }
    }

    /** The last message of a subject. */
    Optional<MessageInfo> last(String stream, String subject) throws IOException, JetStreamApiException {
        return found(() -> management.getLastMessage(stream, subject));
    }

    private static Optional<MessageInfo> found(Patience.Request<MessageInfo> request)
            throws IOException, JetStreamApiException {
        try {
            return Optional.of(request.send());
        } catch (JetStreamApiException e) {
            if (Patience.isNotFound(e)) {
                return Optional.empty();
            }
            throw e;
        } catch (InterruptedException e) {
            throw Patience.stopped();
        }
    }

    /** Removes a message, which may be gone by now. */
    void remove(String stream, long sequence) throws IOException, JetStreamApiException {
        try {
            management.deleteMessage(stream, sequence, false);
        } catch (JetStreamApiException e) {
            if (found(() -> management.getMessage(stream, sequence)).isPresent()) {
                throw e;
            }
        }
    }

    /**
     * Removes a message and all earlier ones of its subject. A stream that keeps one for each subject has none; but in a
     * cluster a server that is catching up with the others may keep some, and would show them once it leads and the last one
     * is gone.
     */
    void removeUpTo(String stream, MessageInfo last) throws IOException, JetStreamApiException {
        if (!isClustered()) {
            remove(stream, last.getSeq());
        } else if (purges(BESIDE_CONSUMERS)) {
            PurgeOptions upTo = PurgeOptions.builder()
                    .subject(last.getSubject())
                    .sequence(last.getSeq() + 1)
                    .build();
            management.purgeStream(stream, upTo);
        } else {
            removeEach(stream, last.getSubject(), last.getSeq());
        }
    }

    /** Removes all messages of a subject of a stream without consumers, without leaving any mark. */
    void removeAll(String stream, String subject) throws IOException, JetStreamApiException {
        if (purges(SUBJECTS)) {
            management.purgeStream(stream, PurgeOptions.subject(subject));
        } else {
            removeEach(stream, subject, Long.MAX_VALUE);
        }
    }

    private boolean purges(String since) {
        return connection.getServerInfo().isSameOrNewerThanVersion(since);
    }

    private void removeEach(String stream, String subject, long upTo) throws IOException, JetStreamApiException {
        Optional<MessageInfo> first = first(stream, subject);
        while (first.isPresent() && first.get().getSeq() <= upTo) {
            remove(stream, first.get().getSeq());
            first = first(stream, subject);
        }
    }

    private Optional<MessageInfo> first(String stream, String subject) throws IOException, JetStreamApiException {
        return found(() -> management.getFirstMessage(stream, subject));
    }
}
