package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.CorruptEntryException;
import imagefunctions.asynccalls.QueueUnreachableException;
import imagefunctions.asynccalls.jetstream.RecordCodec.NewerException;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records of all calls in a key-value bucket, each written only over the one that its writer has seen. */
final class States {
    private static final System.Logger LOG = System.getLogger(States.class.getName());
    /** A list that does not go on for so long will not: the connection by which it came may have been replaced. */
    private static final Duration SILENT = Duration.ofSeconds(10);

    /** The revision of a key without a record. */
    private static final long NONE = 0;

    private final NatsLink link;
    private final String bucket;

    States(NatsLink link, String bucket) {
        this.link = link;
        this.bucket = bucket;
    }

    /** A record as it is kept. */
    record Kept(CallRecord record, long revision, Instant written) {}

    /** Somebody else has written the record meanwhile. */
    static final class ChangedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    Optional<Kept> find(String id) throws IOException {
        try {
            KeyValueEntry entry =
                    Patience.with(() -> link.session().states(bucket).get(Names.key(id)));
            return entry == null ? Optional.empty() : Optional.of(kept(entry));
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    private static Kept kept(KeyValueEntry entry) throws NewerException {
        Instant written = entry.getCreated().toInstant();
        CallRecord record;
        try {
            record = RecordCodec.decode(entry.getValue());
        } catch (CorruptEntryException e) {
            record = CallRecord.unreadable(Names.id(entry.getKey()), written, e.getMessage());
        }
        return new Kept(record, entry.getRevision(), written);
    }

    /** Writes the first record of an id. */
    Kept create(CallRecord record) throws IOException, ChangedException {
        String key = Names.key(record.id());
        byte[] value = RecordCodec.encode(record);
        long revision =
                write(key, NONE, value, () -> link.session().states(bucket).create(key, value));
        return new Kept(record, revision, Instant.now());
    }

    /** Writes a record over this one. */
    Kept replace(Kept old, CallRecord record) throws IOException, ChangedException {
        String key = Names.key(record.id());
        byte[] value = RecordCodec.encode(record);
        long revision = write(
                key, old.revision(), value, () -> link.session().states(bucket).update(key, value, old.revision()));
        return new Kept(record, revision, Instant.now());
    }

    /** Removes a record, and then the mark that this leaves. */
    void remove(Kept kept) throws IOException, ChangedException {
        String key = Names.key(kept.record().id());
        write(key, kept.revision(), null, () -> {
            link.session().states(bucket).delete(key, kept.revision());
            return NONE;
        });
        removeMark(key);
    }

    /**
     * Writes a value, or removes it, if the key still has this revision. An answer that was lost makes the same request
     * fail when it is repeated: then what is there is ours, or still as it was while the first is on its way.
     */
    private long write(String key, long revision, byte @Nullable [] value, Patience.Request<Long> request)
            throws IOException, ChangedException {
        try {
            return Patience.with(() -> {
                try {
                    return request.send();
                } catch (JetStreamApiException e) {
                    if (!Patience.isChanged(e)) {
                        throw e;
                    }
                    KeyValueEntry there = link.session().states(bucket).get(key);
                    if (Arrays.equals(there == null ? null : there.getValue(), value)) {
                        return there == null ? NONE : there.getRevision();
                    }
                    if ((there == null ? NONE : there.getRevision()) == revision) {
                        throw new IOException("another write of it is on its way");
                    }
                    throw e;
                }
            });
        } catch (JetStreamApiException e) {
            if (Patience.isChanged(e)) {
                throw new ChangedException();
            }
            throw new IOException(e);
        }
    }

    /** Removes the mark of a record that was removed, unless there is a new record. */
    void removeMark(String key) throws IOException {
        String stream = Names.stateStream(bucket);
        String subject = Names.stateSubject(bucket, key);
        try {
            Optional<MessageInfo> last = Patience.with(() -> link.session().last(stream, subject));
            if (last.isPresent() && new KeyValueEntry(last.get()).getOperation() != KeyValueOperation.PUT) {
                Patience.with(() -> {
                    link.session().removeUpTo(stream, last.get());
                    return true;
                });
            }
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    /**
     * Gives all records to the first, and the keys of marks to the second; a little of the last moment may be missing. It is
     * not tried again, or what a first try found would come twice.
     */
    void scan(Consumer<Kept> records, Consumer<String> marks) throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicLong heard = new AtomicLong(System.nanoTime());
        AtomicInteger newer = new AtomicInteger();
        KeyValueWatcher watcher = new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                if (end.getCount() == 0) {
                    return;
                }
                heard.set(System.nanoTime());
                if (entry.getOperation() != KeyValueOperation.PUT) {
                    marks.accept(entry.getKey());
                    return;
                }
                try {
                    records.accept(kept(entry));
                } catch (NewerException e) {
                    newer.incrementAndGet();
                }
            }

            @Override
            public void endOfData() {
                end.countDown();
            }
        };
        try {
            NatsKeyValueWatchSubscription watch = link.session().states(bucket).watchAll(watcher);
            try {
                while (!end.await(1, TimeUnit.SECONDS)) {
                    if (System.nanoTime() - heard.get() > SILENT.toNanos()) {
                        throw new IOException("the list of calls did not come to its end");
                    }
                }
                if (newer.get() > 0) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "Calls of newer gateways are left to gateways like them: {0}",
                            newer.get());
                }
            } finally {
                watch.unsubscribe();
            }
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new QueueUnreachableException("The calls cannot be listed now: " + e.getMessage());
        } catch (InterruptedException e) {
            throw Patience.stopped();
        } finally {
            end.countDown();
        }
    }
}
