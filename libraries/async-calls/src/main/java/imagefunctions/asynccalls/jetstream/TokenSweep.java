package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.CallRecord.Pause;
import imagefunctions.asynccalls.jetstream.RecordCodec.NewerException;
import imagefunctions.asynccalls.jetstream.States.Kept;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the messages of the streams in line with the records: a server that ends may forget that it gave a message out, or
 * keep one that was acknowledged.
 */
final class TokenSweep {
    private static final System.Logger LOG = System.getLogger(TokenSweep.class.getName());
    /** Those that wait longest are looked at: a queue may be long, and nothing be wrong with it. */
    private static final int LOOKED_AT = 100;

    private final Home home;
    private final Set<String> tokens;
    private final Instant orphaned;
    private final Set<String> needed = new HashSet<>();
    private final List<Kept> old = new ArrayList<>();
    private int looked;

    /** One sweep: lists the messages, before the records are. */
    TokenSweep(Home home, Instant orphaned) throws IOException, JetStreamApiException {
        this.home = home;
        this.orphaned = orphaned;
        this.tokens = new HashSet<>(Subjects.of(home.link, home.names.calls(), home.names.calls() + ".>"));
        tokens.addAll(Subjects.of(home.link, home.names.callbacks(), home.names.callbacks() + ".>"));
    }

    /** Takes note of a record of which something is still to be done. */
    void living(Kept kept) {
        needed.add(subject(kept.record()));
        if (kept.written().isBefore(orphaned) && dueSince(kept.record()).isBefore(orphaned)) {
            old.add(kept);
        }
    }

    private static Instant dueSince(CallRecord record) {
        return record.livingCall()
                .flatMap(Part::pause)
                .or(() -> record.livingCallback().flatMap(Part::pause))
                .map(Pause::until)
                .orElse(Instant.EPOCH);
    }

    private String subject(CallRecord record) {
        return record.livingCall().isPresent()
                ? home.names.callSubject(record.queue(), record.id())
                : home.names.callbackSubject(record.id());
    }

    private String stream(String subject) {
        return subject.startsWith(home.names.callbacks() + ".") ? home.names.callbacks() : home.names.calls();
    }

    /** The calls that nobody has touched for long, the longest first. */
    List<Kept> old() {
        old.sort(Comparator.comparing(Kept::written));
        return old;
    }

    /** Has such a call announced again if nobody will come to it any more. */
    void remind(CallRecord record) throws IOException, JetStreamApiException {
        String subject = subject(record);
        if (!tokens.contains(subject)) {
            LOG.log(System.Logger.Level.INFO, "Call {0} had no message in its stream, and gets one", record.id());
            ensure(record);
        } else if (looked++ < LOOKED_AT && isPassedOver(record, subject)) {
            LOG.log(System.Logger.Level.INFO, "Call {0} was passed over, and gets another message", record.id());
            publish(record);
        }
    }

    private void ensure(CallRecord record) throws IOException {
        if (record.livingCall().isPresent()) {
            home.tokens.ensureCall(record);
        } else {
            home.tokens.ensureCallback(record);
        }
    }

    private void publish(CallRecord record) throws IOException {
        if (record.livingCall().isPresent()) {
            home.tokens.publishCall(record);
        } else {
            home.tokens.publishCallback(record);
        }
    }

    /** Whether the consumer has gone on behind the message of a call that nobody has touched for longer than calls take. */
    private boolean isPassedOver(CallRecord record, String subject) throws IOException, JetStreamApiException {
        String stream = stream(subject);
        String consumer = record.livingCall().isPresent() ? record.queue() : Names.CALLBACKS;
        long delivered = Patience.with(() -> home.link
                .session()
                .management()
                .getConsumerInfo(stream, consumer)
                .getDelivered()
                .getStreamSequence());
        return Patience.with(() -> home.link.session().last(stream, subject))
                .filter(token -> token.getSeq() <= delivered)
                .isPresent();
    }

    /** The messages that no record needs. */
    Set<String> unneeded() {
        Set<String> unneeded = new HashSet<>(tokens);
        unneeded.removeAll(needed);
        return unneeded;
    }

    /** Removes a message that no record needs, if that is still so. */
    void removeUnneeded(String subject) throws IOException, JetStreamApiException {
        String stream = stream(subject);
        Optional<MessageInfo> token = Patience.with(() -> home.link.session().last(stream, subject));
        if (token.isEmpty()) {
            return;
        }
        Optional<CallRecord> record;
        try {
            record = home.states.find(Names.id(subject)).map(Kept::record);
        } catch (NewerException e) {
            return;
        }
        if (record.filter(found -> isLiving(found) && isNeededBy(found, subject))
                .isPresent()) {
            return;
        }
        boolean done = record.filter(found -> Tokens.isOf(found, token.get())).isPresent();
        if (done || token.get().getTime().toInstant().isBefore(orphaned)) {
            remove(stream, token.get());
        }
    }

    /** Whether a message is the record's, or may still be what has the next one sent, which is not there yet. */
    private boolean isNeededBy(CallRecord record, String subject) {
        String own = subject(record);
        return own.equals(subject) || !tokens.contains(own);
    }

    private static boolean isLiving(CallRecord record) {
        return record.livingCall().isPresent() || record.livingCallback().isPresent();
    }

    /** Removes the messages that a record may have, which is about to go. */
    void removeOf(CallRecord record) throws IOException, JetStreamApiException {
        for (String subject :
                List.of(home.names.callSubject(record.queue(), record.id()), home.names.callbackSubject(record.id()))) {
            if (tokens.contains(subject)) {
                removeUnneeded(subject);
            }
        }
    }

    private void remove(String stream, MessageInfo token) throws IOException, JetStreamApiException {
        LOG.log(
                System.Logger.Level.INFO,
                "The message of call {0} was left behind, and is removed",
                Names.id(token.getSubject()));
        Patience.with(() -> {
            home.link.session().remove(stream, token.getSeq());
            return true;
        });
    }
}
