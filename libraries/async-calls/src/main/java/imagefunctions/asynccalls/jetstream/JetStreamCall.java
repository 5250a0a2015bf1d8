package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallClaim;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.Failure;
import imagefunctions.asynccalls.jetstream.CallRecord.Part;
import imagefunctions.asynccalls.jetstream.States.Kept;
import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A call that one worker holds. */
final class JetStreamCall extends JetStreamClaim<Call> implements CallClaim {
    private static final System.Logger LOG = System.getLogger(JetStreamCall.class.getName());

    private boolean resultKept;
    private boolean resultAnnounced;

    JetStreamCall(Home home, Delivery delivery, Kept kept, Part<Call> part, boolean exhausted) {
        super(home, delivery, kept, part, home.callBodies, home.limits.call(), exhausted);
        home.running.put(id(), true);
    }

    @Override
    CallRecord with(CallRecord record, Optional<Part<Call>> now) {
        return record.withCall(now);
    }

    @Override
    public void uncount() {
        forgetAttempt();
        home.functionAttempts.decrement();
    }

    @Override
    public EntryWriter keepResult(Callback result, OptionalLong length) throws IOException {
        String name = record().acceptance() + "-" + UUID.randomUUID();
        return new BodyWriter(
                home.resultBodies, name, id(), length, home.limits.maxBody(), stored -> keep(result, stored));
    }

    /** One write of the record has both: that the result is there, and that the call is done or dead. */
    private void keep(Callback result, StoredBody stored) throws IOException {
        Optional<Part<Call>> letter =
                result.failure().map(reason -> part().dead(new Failure(reason, Optional.of(result.status()))));
        resultKept = change(record -> record.withCall(letter).withCallback(Optional.of(Part.fresh(result, stored))));
        if (!resultKept) {
            // Its body is left to the sweep: that write may have come through, and others have gone on from it.
            return;
        }
        try {
            home.tokens.publishCallback(record());
            resultAnnounced = true;
        } catch (IOException e) {
            // The call's own message stays, and whoever gets it next announces the result.
            LOG.log(System.Logger.Level.INFO, "The result of call {0} waits: {1}", id(), Reason.of(e));
        }
    }

    @Override
    public void succeeded(Call call, int status) throws IOException {
        if (change(record -> record.delivered(call, attempt(), status, 0))) {
            home.deliveries.increment();
            removeBody();
            done();
        } else {
            release();
        }
    }

    @Override
    public void resolved(Optional<Failure> failure) throws IOException {
        if (resultKept && !resultAnnounced) {
            release();
            return;
        }
        boolean held = resultKept
                || (failure.isPresent() && change(record -> record.withCall(Optional.of(part().dead(failure.get())))));
        if (held && failure.isPresent()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Dead letter {0}: {1}",
                    id(),
                    failure.get().reason());
            home.givenUp.increment();
            done();
        } else if (held) {
            removeBody();
            done();
        } else {
            release();
        }
    }

    @Override
    void release() {
        super.release();
        home.running.remove(id());
    }
}
