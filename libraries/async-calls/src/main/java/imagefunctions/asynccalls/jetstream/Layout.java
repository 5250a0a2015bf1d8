package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueLimits;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams, buckets and consumers: made where they are missing, never changed where they are there.
 *
 * <p>Reads go to a stream's leader (no direct ones): what was written a moment ago must be seen.
 */
final class Layout {
    private static final System.Logger LOG = System.getLogger(Layout.class.getName());
    private static final int CLUSTERED_REPLICAS = 3;

    private final JetStreamSettings settings;
    private final Names names;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    Layout(JetStreamSettings settings) {
        this.settings = settings;
        this.names = new Names(settings.name());
    }

    /** Asks something small of the stream that every call needs. */
    void probe(Session session) throws IOException, JetStreamApiException {
        session.last(Names.stateStream(names.states()), Names.stateSubject(names.states(), "none"));
    }

    void ensure(Session session) throws IOException, JetStreamApiException {
        int replicas = replicas(session.connection().getServerInfo());
        for (StreamConfiguration wanted : streams(replicas)) {
            ensure(session, wanted);
        }
        for (String queue : settings.queues().all()) {
            consumer(session, names.calls(), queue, names.callsOf(queue));
        }
        consumer(session, names.callbacks(), Names.CALLBACKS, names.callbacks() + ".*");
    }

    private int replicas(ServerInfo server) {
        if (settings.replicas() > 0) {
            return settings.replicas();
        }
        return server.getCluster() == null || server.getCluster().isEmpty() ? 1 : CLUSTERED_REPLICAS;
    }

    private List<StreamConfiguration> streams(int replicas) {
        QueueLimits limits = settings.limits();
        List<StreamConfiguration> streams = new ArrayList<>();
        streams.add(work(names.calls(), names.calls() + ".*.*")
                .maxMessages(limits.maxCalls())
                .replicas(replicas)
                .build());
        streams.add(work(names.callbacks(), names.callbacks() + ".*")
                .replicas(replicas)
                .build());
        streams.add(stream(Names.stateStream(names.states()), Names.stateSubject(names.states(), ">"))
                .maxMessagesPerSubject(1)
                .replicas(replicas)
                .build());
        // Every call may be waiting for its receiver, and dead letters stay where they are.
        streams.add(bodies(names.callBodies(), limits.maxBytes() - limits.bytesForResults() + limits.maxDeadBytes())
                .replicas(replicas)
                .build());
        streams.add(bodies(names.resultBodies(), limits.maxBytes() + limits.maxDeadBytes())
                .replicas(replicas)
                .build());
        return streams;
    }

    /** One message for each call; a new one replaces it. */
    private static StreamConfiguration.Builder work(String name, String subject) {
        return stream(name, subject).retentionPolicy(RetentionPolicy.WorkQueue).maxMessagesPerSubject(1);
    }

    /** As an object store has it, but for the reads. */
    private static StreamConfiguration.Builder bodies(String bucket, long maxBytes) {
        return stream(Names.bodyStream(bucket), Names.chunkSubject(bucket, ">"), Names.metaSubject(bucket, ">"))
                .maxBytes(maxBytes);
    }

    private static StreamConfiguration.Builder stream(String name, String... subjects) {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(subjects)
                .storageType(StorageType.File)
                .discardPolicy(DiscardPolicy.New)
                .allowRollup(true)
                .allowDirect(false);
    }

    private void ensure(Session session, StreamConfiguration wanted) throws IOException, JetStreamApiException {
        StreamConfiguration there;
        try {
            there = session.management().getStreamInfo(wanted.getName()).getConfiguration();
        } catch (JetStreamApiException e) {
            if (!Patience.isNotFound(e)) {
                throw e;
            }
            there = session.management().addStream(wanted).getConfiguration();
        }
        if (!Set.copyOf(there.getSubjects()).equals(Set.copyOf(wanted.getSubjects()))
                || there.getRetentionPolicy() != wanted.getRetentionPolicy()
                || there.getMaxMsgsPerSubject() != wanted.getMaxMsgsPerSubject()
                || there.getAllowDirect()
                || there.getDenyDelete()) {
            throw new IOException("the stream " + wanted.getName()
                    + " was made otherwise than this version makes it: delete it once it is empty");
        }
        compare(wanted, "replicas", there.getReplicas(), wanted.getReplicas());
        compare(wanted, "max-msgs", there.getMaxMsgs(), wanted.getMaxMsgs());
        compare(wanted, "max-bytes", there.getMaxBytes(), wanted.getMaxBytes());
    }

    /** What an operator may change stays as it is, and is said once. */
    private void compare(StreamConfiguration stream, String what, long there, long wanted) {
        if (there != wanted && reported.add(stream.getName() + what)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The stream {0} has {1} {2}, the settings say {3}: it stays as it is;"
                            + " `nats stream edit {0} --{1} {3}` changes it",
                    stream.getName(),
                    what,
                    Long.toString(there),
                    Long.toString(wanted));
        }
    }

    private void consumer(Session session, String stream, String name, String subject)
            throws IOException, JetStreamApiException {
        try {
            long pending = session.management()
                    .getConsumerInfo(stream, name)
                    .getConsumerConfiguration()
                    .getMaxAckPending();
            if (pending != settings.limits().maxCalls() && reported.add(stream + " " + name)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The consumer {0} of the stream {1} lets {2} calls be unfinished at a time, and the settings {3}:"
                                + " nats consumer edit {1} {0} --max-pending={3} changes that.",
                        name,
                        stream,
                        Long.toString(pending),
                        Integer.toString(settings.limits().maxCalls()));
            }
        } catch (JetStreamApiException e) {
            if (!Patience.isNotFound(e)) {
                throw e;
            }
            session.management()
                    .addOrUpdateConsumer(
                            stream,
                            ConsumerConfiguration.builder()
                                    .durable(name)
                                    .filterSubject(subject)
                                    .ackPolicy(AckPolicy.Explicit)
                                    .ackWait(settings.ackWait())
                                    // What waits for another attempt counts, and is not to hold up the others.
                                    .maxAckPending(settings.limits().maxCalls())
                                    .maxDeliver(-1)
                                    .build());
        }
    }
}
