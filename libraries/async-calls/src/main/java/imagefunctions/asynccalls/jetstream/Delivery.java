package imagefunctions.asynccalls.jetstream;

import io.nats.client.Message;
import io.nats.client.impl.AckType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A message that a consumer has given out. What is answered goes by the connection that there is now: the one that it came
 * by may have been replaced. An answer that does not get through makes the servers give the message out again.
 */
record Delivery(NatsLink link, Message message) {
    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    /** Which call it is about. */
    String id() {
        return Names.id(message.getSubject());
    }

    /** Which acceptance of that call. */
    String acceptance() {
        return new String(message.getData(), StandardCharsets.US_ASCII);
    }

    Instant published() {
        return message.metaData().timestamp().toInstant();
    }

    /** Nobody is to get it again. */
    void ack() {
        answer(AckType.AckAck.bytes);
    }

    /** Somebody is to get it again after this wait. */
    void nak(Duration wait) {
        answer(AckType.AckNak.bodyBytes(wait.toNanos()));
    }

    /** Whoever holds it lives. */
    void inProgress() {
        answer(AckType.AckProgress.bytes);
    }

    private void answer(byte[] answer) {
        try {
            link.session().connection().publish(message.getReplyTo(), answer);
        } catch (IOException | IllegalStateException unreachable) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "Call {0}: the servers cannot be told: {1}",
                    id(),
                    unreachable.getMessage());
        }
    }
}
