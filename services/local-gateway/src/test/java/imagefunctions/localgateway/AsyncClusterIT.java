package imagefunctions.localgateway;

import static imagefunctions.localgateway.GatewayCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.testservers.NatsCluster;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several gateways with one queue on a cluster of NATS servers, killed under load: with {@code -Dcluster.calls=20000
 * -Dcluster.kills=30} for longer. What a kill leaves behind is removed after 80 seconds at the earliest, so no kill is short.
 */
final class AsyncClusterIT {
    private static final int CALLS = Integer.getInteger("cluster.calls", 200);
    private static final int KILLS = Integer.getInteger("cluster.kills", 3);
    private static final int GATEWAYS = 3;
    private static final int SERVERS = 3;

    private final Path folder;

    AsyncClusterIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void needsServers() {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
    }

    @Test
    void everyAcknowledgedCallIsStoredOnceHoweverOftenGatewaysAndServersAreKilled() throws Exception {
        needsMinutes();
        Random random = new Random();
        try (GatewayCluster cluster = GatewayCluster.start(folder, SERVERS, GATEWAYS)) {
            assumeFalse(
                    cluster.log(0).contains("may lose calls that it acknowledged"),
                    "This nats-server loses what it acknowledged when it is killed: name 2.10.23 or newer, by -Dcluster.server");
            try (CallLoad load = CallLoad.start(cluster, CALLS)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    int moment = (2 * CALLS * kill + random.nextInt(2 * CALLS)) / KILLS;
                    patiently().until(() -> load.progress() >= moment);
                    int server = kill % SERVERS;
                    cluster.nats.kill(server);
                    cluster.replace(random.nextInt(GATEWAYS));
                    cluster.nats.start(server);
                    cluster.awaitInSync();
                }
                load.checkAll(folder);
            }
        }
    }

    @Test
    void withTwoOfThreeServersDownNothingIsAcceptedAndNothingIsLost() throws Exception {
        needsMinutes();
        try (GatewayCluster cluster = GatewayCluster.start(folder, SERVERS, GATEWAYS);
                CallLoad load = CallLoad.start(cluster, CALLS)) {
            patiently().until(() -> load.progress() >= CALLS);
            cluster.nats.kill(0);
            cluster.nats.kill(1);
            for (int i = 0; i < GATEWAYS; i++) {
                awaitRefusal(cluster, i);
            }

            cluster.nats.start(0);
            cluster.nats.start(1);
            for (int i = 0; i < GATEWAYS; i++) {
                cluster.awaitReady(i);
            }
            load.checkAll(folder);
        }
    }

    @Test
    void aGatewayThatIsCutOffLosesItsCallsToAnotherAndComesBackByItself() throws Exception {
        needsMinutes();
        try (NetworkNamespace apart = networkNamespace();
                GatewayCluster cluster = new GatewayCluster(
                        NatsCluster.start(folder, SERVERS, apart.here(1), ""),
                        GatewayCluster.receivers(folder, Map.of("QUARKUS_HTTP_HOST", apart.here(0))))) {
            cluster.add();
            cluster.add(apart.entry(), Map.of("QUARKUS_HTTP_HOST", apart.there()));
            cluster.awaitReady(0);
            cluster.awaitReady(1);
            try (CallLoad load = CallLoad.start(cluster, CALLS)) {
                patiently().until(() -> load.progress() >= CALLS / 2);
                apart.cut(1);
                awaitRefusal(cluster, 1);
                patiently().until(() -> load.progress() >= CALLS);
                assertThat(cluster.isReady(0)).isTrue();

                apart.heal(1);
                cluster.awaitReady(1);
                load.checkAll(folder);
            }
        }
    }

    private static void needsMinutes() {
        assumeTrue(
                Integer.getInteger("cluster.calls") != null,
                "Gateways and NATS servers fail under load where -Dcluster.calls says under how many calls");
    }

    private static NetworkNamespace networkNamespace() {
        try {
            return NetworkNamespace.open();
        } catch (IOException e) {
            return abort("No gateway is cut off, since no network namespace can be made: " + e.getMessage());
        }
    }

    @Test
    void aGatewayWaitsForServersThatAreNotThereYet() throws Exception {
        try (GatewayCluster cluster = GatewayCluster.start(folder, 1, 0)) {
            cluster.nats.kill(0);
            cluster.add();
            awaitRefusal(cluster, 0);
            assertThat(cluster.client(0).send("GET", "/_/health").statusCode()).isEqualTo(200);
            assertThat(cluster.log(0)).contains("cannot be used, asynchronous calls are refused with 503");

            cluster.nats.start(0);
            cluster.awaitReady(0);
        }
    }

    private static void awaitRefusal(GatewayCluster cluster, int gateway) throws IOException, InterruptedException {
        patiently().until(() -> !cluster.isReady(gateway));
        HttpResponse<String> answer = cluster.client(gateway).call("draft", CallLoad.photo("90x60.jpg"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
