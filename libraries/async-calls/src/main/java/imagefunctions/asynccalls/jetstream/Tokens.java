package imagefunctions.asynccalls.jetstream;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
        link.publishOnce(subject, call.acceptance().getBytes(StandardCharsets.US_ASCII));
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
            if (Patience.with(() -> link.session().last(stream, subject))
                    .filter(token -> isOf(call, token))
                    .isEmpty()) {
                publish(subject, call);
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    void removeCall(CallRecord call) throws IOException {
        try {
            String subject = names.callSubject(call.queue(), call.id());
            Optional<MessageInfo> token = Patience.with(() -> link.session().last(names.calls(), subject))
                    .filter(last -> isOf(call, last));
            if (token.isPresent()) {
                Patience.with(() -> {
                    link.session().remove(names.calls(), token.get().getSeq());
                    return true;
                });
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    /** Whether a message means this acceptance of the call: there may have been others of its id. */
    static boolean isOf(CallRecord call, MessageInfo token) {
        return call.acceptance().equals(new String(token.getData(), StandardCharsets.US_ASCII));
    }
}
