package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueLimits;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
    private volatile Duration ackWait;

    Layout(JetStreamSettings settings) {
        this.settings = settings;
        this.names = new Names(settings.name());
        this.ackWait = settings.ackWait();
    }

    /** Who gives the messages of a subject out. */
    private record Consumer(String stream, String name, String subject) {}

    private List<Consumer> consumers() {
        List<Consumer> consumers = new ArrayList<>();
        for (String queue : settings.queues().all()) {
            consumers.add(new Consumer(names.calls(), queue, names.callsOf(queue)));
        }
        consumers.add(new Consumer(names.callbacks(), Names.CALLBACKS, names.callbacks() + ".*"));
        return consumers;
    }

    /** After which silence the first of the servers' consumers gives a message to another worker. */
    Duration ackWait() {
        return ackWait;
    }

    /** Asks for that, which an operator may have changed. */
    void askAckWait(Session session) throws IOException, JetStreamApiException {
        List<Duration> waits = new ArrayList<>();
        for (Consumer consumer : consumers()) {
            waits.add(session.management()
                    .getConsumerInfo(consumer.stream(), consumer.name())
                    .getConsumerConfiguration()
                    .getAckWait());
        }
        ackWait = Collections.min(waits);
    }

    /** Asks something small of the stream that every call needs, and makes again what gives messages out. */
    void probe(Session session) throws IOException, JetStreamApiException {
        session.last(Names.stateStream(names.states()), Names.stateSubject(names.states(), "none"));
        for (Consumer consumer : consumers()) {
            Presence presence = presence(session, consumer);
            if (presence == Presence.UNKNOWN) {
                return;
            }
            if (presence == Presence.MISSING) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The consumer {0} of the stream {1} was removed, and is made again",
                        consumer.name(),
                        consumer.stream());
                ensure(session, consumer);
            }
        }
    }

    /** Whether a consumer is there, which nobody knows while its servers choose another leader. */
    private enum Presence {
        THERE,
        MISSING,
        UNKNOWN
    }

    private static Presence presence(Session session, Consumer consumer) {
        try {
            session.management().getConsumerInfo(consumer.stream(), consumer.name());
            return Presence.THERE;
        } catch (JetStreamApiException e) {
            return Patience.isNotFound(e) ? Presence.MISSING : Presence.UNKNOWN;
        } catch (IOException e) {
            return Presence.UNKNOWN;
        }
    }

    void ensure(Session session) throws IOException, JetStreamApiException {
        int replicas = replicas(session);
        for (StreamConfiguration wanted : streams(replicas)) {
            ensure(session, wanted);
        }
        for (Consumer consumer : consumers()) {
            ensure(session, consumer);
        }
        askAckWait(session);
    }

    private int replicas(Session session) {
        if (settings.replicas() > 0) {
            return settings.replicas();
        }
        return session.isClustered() ? CLUSTERED_REPLICAS : 1;
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
                || there.getStorageType() != wanted.getStorageType()
                || there.getDiscardPolicy() != wanted.getDiscardPolicy()
                || !there.getMaxAge().equals(wanted.getMaxAge())
                || there.getMaxMsgsPerSubject() != wanted.getMaxMsgsPerSubject()
                || there.getAllowDirect()
                || there.getDenyDelete()
                || there.getDenyPurge()) {
            throw otherwise("stream", wanted.getName());
        }
        String stream = wanted.getName();
        compare("stream", stream, "replicas", there.getReplicas(), wanted.getReplicas());
        compare("stream", stream, "max-msgs", there.getMaxMsgs(), wanted.getMaxMsgs());
        compare("stream", stream, "max-bytes", there.getMaxBytes(), wanted.getMaxBytes());
    }

    private void ensure(Session session, Consumer consumer) throws IOException, JetStreamApiException {
        ConsumerConfiguration wanted = ConsumerConfiguration.builder()
                .durable(consumer.name())
                .filterSubject(consumer.subject())
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(settings.ackWait())
                // What waits for another attempt counts, and is not to hold up the others.
                .maxAckPending(settings.limits().maxCalls())
                .maxDeliver(-1)
                .build();
        ConsumerConfiguration there;
        try {
            there = session.management()
                    .getConsumerInfo(consumer.stream(), consumer.name())
                    .getConsumerConfiguration();
        } catch (JetStreamApiException e) {
            if (!Patience.isNotFound(e)) {
                throw e;
            }
            // Refused by servers of 2.10 and newer if another gateway was faster, and had other settings.
            there = session.management()
                    .createConsumer(consumer.stream(), wanted)
                    .getConsumerConfiguration();
        }
        String name = consumer.stream() + " " + consumer.name();
        if (!consumer.subject().equals(there.getFilterSubject())
                || there.getAckPolicy() != wanted.getAckPolicy()
                || there.getMaxDeliver() != wanted.getMaxDeliver()) {
            throw otherwise("consumer", name);
        }
        compare("consumer", name, "max-pending", there.getMaxAckPending(), wanted.getMaxAckPending());
        compare("consumer", name, "wait", seconds(there.getAckWait()), seconds(wanted.getAckWait()));
    }

    private static IOException otherwise(String kind, String name) {
        return new IOException("the " + kind + " " + name
                + " was made otherwise than this version makes it: delete it once it is empty");
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
    }

    /** What an operator may change stays as it is, and is said once. */
    private void compare(String kind, String name, String what, Object there, Object wanted) {
        if (!there.equals(wanted) && reported.add(name + " " + what)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The {0} {1} has {2} {3}, the settings say {4}: it stays as it is;"
                            + " `nats {0} edit {1} --{2} {4}` changes it",
                    kind,
                    name,
                    what,
                    there.toString(),
                    wanted.toString());
        }
    }
}
