package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The queue on a cluster of NATS servers. */
@Timeout(120)
final class JetStreamClusterTest {
    private static final int SERVERS = 3;
    private static final int CALLS = 10;

    /** Servers before 2.9.18 that start again repeat the purges of their log as those of everything. */
    @Test
    void whatWaitsOutlivesAllServersWhateverWasRemovedBesideIt(@TempDir Path folder) throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        try (NatsCluster nats = NatsCluster.start(folder, SERVERS);
                Rig rig = Rig.idle(open(nats, "test", 0))) {
            for (int i = 0; i < CALLS; i++) {
                rig.put("kept-" + i, "");
                rig.put("cancelled-" + i, "");
                assertThat(rig.queue.cancel("cancelled-" + i)).isEqualTo(CancelResult.CANCELLED);
            }

            for (int server = 0; server < SERVERS; server++) {
                nats.kill(server);
            }
            await().until(() -> !rig.queue.isReachable());
            for (int server = 0; server < SERVERS; server++) {
                nats.start(server);
            }
            await().atMost(Duration.ofMinutes(1)).until(rig.queue::isReachable);

            WorkQueue<CallClaim> calls = rig.queue.calls(QueueNames.DEFAULT);
            for (int i = 0; i < CALLS; i++) {
                StoredEntry<Call> taken = Objects.requireNonNull(calls.take()).read();
                try (InputStream body = taken.body().open()) {
                    assertThat(new String(body.readAllBytes(), UTF_8))
                            .isEqualTo("body of " + taken.entry().id());
                }
            }
        }
    }

    @Test
    void everythingHasThreeReplicasOrAsManyAsTheSettingsSayWhenItIsMade(@TempDir Path folder) throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        try (NatsCluster nats = NatsCluster.start(folder, SERVERS)) {
            open(nats, "three", 0).close();
            open(nats, "one", 1).close();
            everythingHas(3, "three", nats);
            everythingHas(1, "one", nats);

            try (LogRecords log = LogRecords.of("imagefunctions.asynccalls.jetstream.Layout")) {
                open(nats, "one", 3).close();
                assertThat(log.messages())
                        .contains("The stream one-calls has replicas 1, the settings say 3: it stays as it is;"
                                + " `nats stream edit one-calls --replicas 3` changes it");
            }
            everythingHas(1, "one", nats);
        }
    }

    @Test
    void aClusterThatMayLoseWhatItAcknowledgedIsNamedInTheLog(@TempDir Path folder) throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        try (LogRecords log = LogRecords.of("imagefunctions.asynccalls.jetstream.NatsLink")) {
            try (NatsCluster one = NatsCluster.start(folder.resolve("one"), 1)) {
                open(one, "test", 0).close();
            }
            assertThat(log.messages()).noneMatch(line -> line.contains("may lose calls"));

            try (NatsCluster three = NatsCluster.start(folder.resolve("three"), SERVERS)) {
                open(three, "test", 0).close();
                ServerInfo server = connected(three, Connection::getServerInfo);
                assertThat(log.messages().stream()
                                .filter(line -> line.equals("nats-server " + server.getVersion()
                                        + " in a cluster may lose calls that it acknowledged when one of its processes"
                                        + " is killed: use 2.10.23 or newer")))
                        .hasSize(server.isOlderThanVersion("2.10.23") ? 1 : 0);
            }
        }
    }

    private static void everythingHas(int replicas, String name, NatsCluster nats) {
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(replicas(nats, name)).hasSize(5).containsOnly(replicas));
    }

    private static List<Integer> replicas(NatsCluster nats, String name) throws Exception {
        return connected(nats, connection -> connection.jetStreamManagement().getStreams().stream()
                .map(StreamInfo::getConfiguration)
                .filter(stream -> stream.getName().contains(name + "-"))
                .map(StreamConfiguration::getReplicas)
                .toList());
    }

    private interface Question<T> {
        T to(Connection connection) throws Exception;
    }

    private static <T> T connected(NatsCluster nats, Question<T> question) throws Exception {
        Connection connection = Nats.connect(nats.urls());
        try {
            return question.to(connection);
        } finally {
            connection.close();
        }
    }

    private static CallQueue open(NatsCluster nats, String name, int replicas) {
        JetStreamQueue queue = JetStreamQueue.open(new JetStreamSettings(
                nats.urls().replace(",nats://", ","),
                JetStreamSettings.Access.OPEN,
                name,
                replicas,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Rig.limits(),
                Rig.ONE_QUEUE));
        await().atMost(Duration.ofMinutes(1)).until(queue::isReachable);
        return queue;
    }
}
