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
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The ways of using one connection. */
record Session(Connection connection, JetStream js, JetStreamManagement management, KeyValue states) {
    private static final JetStreamOptions PROMPT =
            JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(2)).build();

    static Session of(Connection connection, Names names) throws IOException {
        return new Session(
                connection,
                connection.jetStream(PROMPT),
                connection.jetStreamManagement(PROMPT),
                connection.keyValue(
                        names.states(),
                        KeyValueOptions.builder().jetStreamOptions(PROMPT).build()));
    }

    ObjectStore bodies(String bucket) throws IOException {
        return connection.objectStore(
                bucket, ObjectStoreOptions.builder().jetStreamOptions(PROMPT).build());
    }

    /** The last message of a subject. */
    Optional<MessageInfo> last(String stream, String subject) throws IOException, JetStreamApiException {
        try {
            return Optional.of(management.getLastMessage(stream, subject));
        } catch (JetStreamApiException e) {
            if (Patience.isNotFound(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Removes all messages of a subject, without leaving any mark. */
    void purge(String stream, String subject) throws IOException, JetStreamApiException {
        management.purgeStream(stream, PurgeOptions.subject(subject));
    }
}
