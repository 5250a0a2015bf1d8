package imagefunctions.asynccalls.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.QueueLimits;
import imagefunctions.asynccalls.QueueNames;
import imagefunctions.asynccalls.QueueUnreachableException;
import imagefunctions.asynccalls.jetstream.States.ChangedException;
import imagefunctions.asynccalls.jetstream.States.Kept;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.Replica;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records on a cluster whose servers are killed one after the other, with {@code -Dnats.kills=12}: it takes minutes, and
 * nats-server 2.9.10 loses some.
 */
final class StatesTest {
    private static final int SERVERS = 3;
    private static final int WRITERS = 8;
    private static final int RECORDS_BETWEEN_KILLS = 500;
    /** So many writers keep each before they remove the oldest. */
    private static final int RECORDS_KEPT = 200;

    /** Longer than between two heartbeats of a server, shorter than another takes to start. */
    private static final Duration HEARD_OF = Duration.ofSeconds(2);

    private static final RetryPolicy ONCE = new RetryPolicy(1, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger written = new AtomicInteger();
    private final List<Future<?>> writing = new ArrayList<>();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Random random = new Random();

    @Test
    void whatWasAcknowledgedIsKeptHoweverOftenServersAreKilled(@TempDir Path folder) throws Exception {
        Integer kills = Integer.getInteger("nats.kills");
        assumeTrue(kills != null, "Servers are killed as often as -Dnats.kills says");
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        try (NatsCluster nats = NatsCluster.start(folder, SERVERS)) {
            Home home = new Home(settings(nats));
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            try {
                patiently().until(home.link::isReachable);
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    writing.add(writers.submit(() -> write(home.states, writer)));
                }
                for (int kill = 0; kill < kills; kill++) {
                    awaitMore();
                    nats.kill(kill % SERVERS);
                    awaitMore();
                    nats.start(kill % SERVERS);
                    patiently().ignoreExceptions().until(() -> isInSync(home));
                }
                enough.set(true);
                for (Future<?> writer : writing) {
                    writer.get();
                }
                assertThat(lost(home.states))
                        .as("lost of " + acknowledged.size())
                        .isEmpty();
                assertThat(there(home.states))
                        .as("of " + removed.size() + " that were removed")
                        .doesNotContainAnyElementsOf(removed);
            } finally {
                writers.shutdownNow();
                home.heartbeats.close();
                home.link.close();
            }
        }
    }

    private static JetStreamSettings settings(NatsCluster nats) {
        return new JetStreamSettings(
                nats.urls(),
                JetStreamSettings.Access.OPEN,
                "test",
                SERVERS,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                new QueueLimits(1 << 20, 1000, 1 << 10, 1, 1, 1, Duration.ofHours(1), ONCE, ONCE),
                new QueueNames(Map.of()));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
    }

    private void awaitMore() {
        int then = written.get() + random.nextInt(RECORDS_BETWEEN_KILLS);
        patiently().until(() -> {
            for (Future<?> writer : writing) {
                if (writer.isDone()) {
                    writer.get();
                }
            }
            return written.get() > then;
        });
    }

    /** Creates records, writes over them and removes them at last; creates some once more, which is refused. */
    private Void write(States states, int writer) throws Exception {
        Queue<Kept> kept = new ArrayDeque<>();
        for (int number = 0; !enough.get() && !Thread.currentThread().isInterrupted(); number++) {
            String id = writer + "-" + number;
            Call call = new Call(id, "draft", "", "", List.of(), Instant.now());
            CallRecord record = CallRecord.accepted("first", QueueNames.DEFAULT, call, new StoredBody(id, 1));
            Kept created = answered(() -> states.create(record));
            acknowledged.put(id, record.acceptance());
            CallRecord later = CallRecord.accepted("second", QueueNames.DEFAULT, call, new StoredBody(id, 2));
            kept.add(answered(() -> states.replace(created, later)));
            acknowledged.put(id, later.acceptance());
            written.incrementAndGet();
            if (number % 5 == 0) {
                assertThatThrownBy(() -> answered(() -> states.create(record))).isInstanceOf(ChangedException.class);
            }
            if (kept.size() > RECORDS_KEPT) {
                remove(states, kept.remove());
            }
        }
        return null;
    }

    private void remove(States states, Kept kept) throws Exception {
        String id = kept.record().id();
        acknowledged.remove(id);
        answered(() -> {
            states.remove(kept);
            return kept;
        });
        removed.add(id);
    }

    /** Makes a request again until the servers answer. */
    private static <T> T answered(Callable<T> request) throws Exception {
        while (true) {
            try {
                return request.call();
            } catch (QueueUnreachableException unanswered) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isInSync(Home home) throws Exception {
        ClusterInfo cluster = home.link
                .session()
                .management()
                .getStreamInfo(Names.stateStream(home.names.states()))
                .getClusterInfo();
        List<Replica> replicas = cluster.getReplicas();
        return cluster.getLeader() != null
                && replicas.size() == SERVERS - 1
                && replicas.stream()
                        .allMatch(replica ->
                                replica.isCurrent() && replica.getActive().compareTo(HEARD_OF) < 0);
    }

    private static Set<String> there(States states) throws Exception {
        return answered(() -> {
            Set<String> there = new HashSet<>();
            states.scan(kept -> there.add(kept.record().id()), mark -> {});
            return there;
        });
    }

    private List<String> lost(States states) throws Exception {
        List<String> lost = new ArrayList<>();
        for (Map.Entry<String, String> written : acknowledged.entrySet()) {
            String there = states.find(written.getKey())
                    .map(kept -> kept.record().acceptance())
                    .orElse("nothing");
            if (!there.equals(written.getValue())) {
                lost.add(written.getKey() + ": " + there);
            }
        }
        return lost;
    }
}
