package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.Body;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ObjectInfo;
import io.nats.client.api.ObjectMeta;
import io.nats.client.support.NatsObjectStoreUtil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Bodies in a bucket of the object store, streamed in chunks both ways. */
final class Bodies {
    private static final System.Logger LOG = System.getLogger(Bodies.class.getName());
    /** The object store's own size of a chunk. */
    static final int CHUNK = 128 << 10;

    private final NatsLink link;
    private final String bucket;
    private Set<String> suspects = Set.of();

    Bodies(NatsLink link, String bucket) {
        this.link = link;
        this.bucket = bucket;
    }

    /** Stores one chunk of a body. */
    void putChunk(String name, byte[] chunk) throws IOException {
        link.publishOnce(Names.chunkSubject(bucket, name), chunk);
    }

    /**
     * Stores what makes chunks a whole body, as an object store has it. The call is noted with it, for whoever looks later
     * whether it still has this body.
     */
    void putWhole(String name, String callId, long length, int chunks, String digest) throws IOException {
        ObjectInfo info = ObjectInfo.builder(
                        bucket, ObjectMeta.builder(name).description(callId).build())
                .nuid(name)
                .size(length)
                .chunks(chunks)
                .chunkSize(CHUNK)
                .digest(digest)
                .build();
        link.publishOnce(metaSubject(name), info.toJson().getBytes(StandardCharsets.UTF_8));
    }

    Body body(StoredBody stored) {
        return new Body() {
            @Override
            public long length() {
                return stored.length();
            }

            @Override
            public InputStream open() {
                return stored.isStored() ? new ChunkStream(link, bucket, stored.name()) : InputStream.nullInputStream();
            }
        };
    }

    /** Removes a body with all its traces; there may be none. */
    void delete(StoredBody stored) throws IOException {
        if (stored.isStored()) {
            delete(stored.name());
        }
    }

    private void delete(String name) throws IOException {
        removeAll(Names.chunkSubject(bucket, name));
        removeAll(metaSubject(name));
    }

    private String metaSubject(String name) {
        return Names.metaSubject(bucket, NatsObjectStoreUtil.encodeForSubject(name));
    }

    private void removeAll(String subject) throws IOException {
        try {
            Patience.with(() -> {
                link.session().removeAll(Names.bodyStream(bucket), subject);
                return true;
            });
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    /** Whether the record of a call names a body. */
    interface Owner {
        boolean names(String callId, String body) throws IOException;
    }

    /** Removes the bodies that nobody names, and the chunks of those that were never whole, once they are old enough. */
    void sweep(Instant before, Owner owner) throws IOException {
        try {
            Set<String> whole = new HashSet<>();
            List<ObjectInfo> bodies =
                    Patience.with(() -> link.session().bodies(bucket).getList());
            for (ObjectInfo info : bodies) {
                whole.add(Names.chunkSubject(bucket, info.getNuid()));
                String call = Objects.requireNonNullElse(info.getDescription(), "");
                if (info.getModified().toInstant().isBefore(before) && !owner.names(call, info.getObjectName())) {
                    LOG.log(System.Logger.Level.INFO, "The body {0} has no call, and is removed", info.getObjectName());
                    delete(info.getObjectName());
                }
            }
            sweepChunks(before, whole, isAll(bodies));
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    /** A list that a server gives which lags behind is not all; the stream's leader knows. */
    private boolean isAll(List<ObjectInfo> bodies) throws IOException, JetStreamApiException {
        Set<String> listed = new HashSet<>();
        bodies.forEach(info -> listed.add(metaSubject(info.getObjectName())));
        return listed.containsAll(Subjects.of(link, Names.bodyStream(bucket), Names.metaSubject(bucket, ">")));
    }

    /** Only what seemed to have no body in the sweep before, too, goes: a leader may be new, and not know all yet. */
    private void sweepChunks(Instant before, Set<String> whole, boolean all) throws IOException, JetStreamApiException {
        Set<String> partial = new HashSet<>();
        if (all) {
            for (String chunks : Subjects.of(link, Names.bodyStream(bucket), Names.chunkSubject(bucket, ">"))) {
                if (!whole.contains(chunks) && isOld(chunks, before)) {
                    partial.add(chunks);
                }
            }
        }
        for (String chunks : partial) {
            if (suspects.contains(chunks)) {
                LOG.log(System.Logger.Level.INFO, "What there is of a body that never was whole is removed");
                removeAll(chunks);
            }
        }
        suspects = partial;
    }

    private boolean isOld(String chunks, Instant before) throws IOException, JetStreamApiException {
        return Patience.with(() -> link.session().last(Names.bodyStream(bucket), chunks))
                .filter(last -> last.getTime().toInstant().isBefore(before))
                .isPresent();
    }
}
