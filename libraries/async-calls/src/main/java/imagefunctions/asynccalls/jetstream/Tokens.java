package imagefunctions.asynccalls.jetstream;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The messages of the streams: each says that somebody is to look at the record of a call, and which acceptance is meant.
 *
 * <p>A stream has one for each call at most. One too many does no harm: whoever gets it finds in the record that there is
 * nothing to do.
 */
final class Tokens {
    private final NatsLink link;
    private final Names names;

    Tokens(NatsLink link, Names names) {
        this.link = link;
        this.names = names;
    }

    void publishCall(CallRecord call) throws IOException {
        publish(names.callSubject(call.queue(), call.id()), call);
    }

    void publishCallback(CallRecord call) throws IOException {
        publish(names.callbackSubject(call.id()), call);
    }

    private void publish(String subject, CallRecord call) throws IOException {
        // The same for each repetition of this request, so that the stream takes it once.
        PublishOptions once =
                PublishOptions.builder().messageId(UUID.randomUUID().toString()).build();
        byte[] data = call.acceptance().getBytes(StandardCharsets.US_ASCII);
        try {
            Patience.with(() -> link.session().js().publish(subject, data, once));
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    /** For a call whose token may have been lost with the process that accepted it. */
    void ensureCall(CallRecord call) throws IOException {
        ensure(names.calls(), names.callSubject(call.queue(), call.id()), call);
    }

    /** For a result whose token may have been lost with the process that kept it. */
    void ensureCallback(CallRecord call) throws IOException {
        ensure(names.callbacks(), names.callbackSubject(call.id()), call);
    }

    private void ensure(String stream, String subject, CallRecord call) throws IOException {
        try {
            if (Patience.with(() -> link.session().last(stream, subject)).isEmpty()) {
                publish(subject, call);
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    void removeCall(CallRecord call) throws IOException {
        try {
            Patience.with(() -> {
                link.session().removeFirst(names.calls(), names.callSubject(call.queue(), call.id()));
                return true;
            });
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }
}
