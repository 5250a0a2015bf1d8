package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several gateways with one queue on a cluster of NATS servers: gateways and servers are killed at random moments under
 * load. With {@code -Dcluster.calls=20000 -Dcluster.kills=30} the long version.
 */
final class AsyncClusterIT {
    private static final int CALLS = Integer.getInteger("cluster.calls", 300);
    private static final int KILLS = Integer.getInteger("cluster.kills", 4);
    private static final int GATEWAYS = 3;
    private static final int SERVERS = 3;
    private static final int SENDERS = 6;
    private static final List<String> PHOTOS = List.of("90x60.jpg", "99x101.jpg", "7x9.jpg", "200x200.jpg");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<LocalGatewayProcess> gateways = new AtomicReferenceArray<>(GATEWAYS);

    AsyncClusterIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everyAcknowledgedCallIsStoredOnceHoweverOftenGatewaysAndServersAreKilled() throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        assumeTrue(
                Integer.getInteger("cluster.calls") != null,
                "Gateways and NATS servers are killed under load where -Dcluster.calls says under how many calls");
        Connection connection = null;
        try (NatsCluster nats = NatsCluster.start(folder, SERVERS);
                ReceiverProcess receiver = ReceiverProcess.start(folder.resolve("messages"));
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            connection = connect(nats);
            Map<String, String> environment = environment(nats);
            for (int i = 0; i < GATEWAYS; i++) {
                gateways.set(i, LocalGatewayProcess.start(environment));
                awaitReady(i);
            }
            List<byte[]> photos = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (String photo : PHOTOS) {
                photos.add(Files.readAllBytes(Path.of("../../samples/fixtures", photo)));
                expected.add(client(0).function("draft", photos.getLast()));
            }
            List<Future<?>> sending = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                sending.add(senders.submit(() -> {
                    send(photos, receiver.at("/messages/draft-").toString());
                    return null;
                }));
            }
            JetStreamManagement management = connection.jetStreamManagement();
            for (int kill = 0; kill < KILLS; kill++) {
                int moment = (2 * CALLS * kill + random.nextInt(2 * CALLS)) / KILLS;
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> acknowledged.size() + stored(receiver) >= moment);
                int server = kill % SERVERS;
                nats.kill(server);
                replace(random.nextInt(GATEWAYS), environment);
                nats.start(server);
                await().atMost(PATIENCE).ignoreExceptions().until(() -> inSync(management));
            }
            for (Future<?> sender : sending) {
                sender.get();
            }
            await().atMost(PATIENCE).until(() -> stored(receiver) >= CALLS);
            // What no call owns goes ten sweeps later.
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(leftovers(management))
                    .as("seed %d", seed)
                    .isEmpty());

            check(messages(receiver), expected);
        } finally {
            if (connection != null) {
                connection.close();
            }
            for (int i = 0; i < GATEWAYS; i++) {
                LocalGatewayProcess gateway = gateways.get(i);
                if (gateway != null) {
                    gateway.close();
                }
            }
        }
    }

    @Test
    void withoutServersNothingIsAcceptedAndWhatWasIsMadeWhenTheyAreBack() throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        try (NatsCluster nats = NatsCluster.start(folder, 1);
                ReceiverProcess receiver = ReceiverProcess.start(folder.resolve("messages"))) {
            nats.kill(0);
            gateways.set(0, LocalGatewayProcess.start(environment(nats)));
            byte[] photo = Files.readAllBytes(Path.of("../../samples/fixtures", PHOTOS.getFirst()));
            String url = receiver.at("/messages/draft.jpg").toString();
            assertThat(client(0).call("draft", photo).statusCode()).isEqualTo(503);
            assertThat(client(0).send("GET", "/_/ready").statusCode()).isEqualTo(503);
            assertThat(client(0).send("GET", "/_/health").statusCode()).isEqualTo(200);
            assertThat(gateways.get(0).log()).contains("cannot be used, asynchronous calls are refused with 503");

            nats.start(0);
            awaitReady(0);
            assertThat(client(0)
                            .call("draft", photo, "X-Call-Id", "kept", "X-Callback-Url", url)
                            .statusCode())
                    .isEqualTo(202);
            nats.kill(0);
            await().until(() -> client(0).send("GET", "/_/ready").statusCode() == 503);
            assertThat(client(0).call("draft", photo).headers().firstValue("Retry-After"))
                    .isPresent();
            nats.start(0);
            await().atMost(PATIENCE).until(() -> stored(receiver) == 1);
        } finally {
            gateways.get(0).close();
        }
    }

    private void check(List<JsonNode> messages, List<String> expected) throws IOException {
        List<String> ids = messages.stream()
                .map(message -> message.path("callId").asText())
                .toList();
        assertThat(acknowledged).as("seed %d", seed).hasSize(CALLS);
        assertThat(ids).as("seed %d", seed).doesNotHaveDuplicates().containsAll(acknowledged);
        for (JsonNode message : messages) {
            String id = message.path("callId").asText();
            Path file = folder.resolve("messages/messages")
                    .resolve(id)
                    .resolve(message.path("name").asText());
            assertThat(message.path("status").asInt()).as(id).isEqualTo(200);
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(id)
                    .isEqualTo(expected.get(photoOf(id)));
        }
    }

    private static Connection connect(NatsCluster nats) throws Exception {
        Options options = new Options.Builder()
                .servers(nats.urls().split(","))
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .build();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            Nats.connect(options).close();
            return true;
        });
        return Nats.connect(options);
    }

    private static Map<String, String> environment(NatsCluster nats) {
        return Map.ofEntries(
                Map.entry("IMAGE_FUNCTIONS_QUEUE", nats.urls()),
                Map.entry("IMAGE_FUNCTIONS_QUEUE_ACK_WAIT", "3s"),
                Map.entry("IMAGE_FUNCTIONS_QUEUE_SWEEP_EVERY", "2s"),
                Map.entry("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", "1G"),
                Map.entry("IMAGE_FUNCTIONS_DELIVERED_MAX_COUNT", "1"),
                Map.entry("IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "20"),
                Map.entry("IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "50ms"),
                Map.entry("IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "500ms"),
                Map.entry("IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "50ms"),
                Map.entry("IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", "500ms"));
    }

    private AsyncClient client(int gateway) throws IOException {
        return new AsyncClient(gateways.get(gateway).at("/"));
    }

    private void awaitReady(int gateway) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client(gateway).send("GET", "/_/ready").statusCode() == 200);
    }

    private void replace(int number, Map<String, String> environment) throws Exception {
        LocalGatewayProcess old = gateways.get(number);
        old.kill();
        old.close();
        gateways.set(number, LocalGatewayProcess.start(environment));
    }

    /** Sends until enough calls are acknowledged; one that was not is sent to another gateway under another id. */
    private void send(List<byte[]> photos, String callbacks) throws Exception {
        for (int number = numbers.getAndIncrement(); number < CALLS; number = numbers.getAndIncrement()) {
            boolean taken = false;
            for (int attempt = 0; !taken; attempt++) {
                String id = number + "-" + attempt;
                try {
                    int status = client((number + attempt) % GATEWAYS)
                            .call(
                                    "draft",
                                    photos.get(photoOf(id)),
                                    "X-Call-Id",
                                    id,
                                    "X-Callback-Url",
                                    callbacks + number + ".jpg")
                            .statusCode();
                    assertThat(status).isIn(202, 503);
                    taken = status == 202;
                } catch (IOException killed) {
                    taken = false;
                }
                if (taken) {
                    acknowledged.add(id);
                } else {
                    Thread.sleep(50);
                }
            }
        }
    }

    private static int photoOf(String id) {
        return Integer.parseInt(id.substring(0, id.indexOf('-'))) % PHOTOS.size();
    }

    private static boolean inSync(JetStreamManagement management) throws Exception {
        for (StreamInfo stream : management.getStreams()) {
            boolean current = stream.getClusterInfo().getLeader() != null
                    && stream.getClusterInfo().getReplicas().stream().allMatch(replica -> replica.isCurrent());
            if (!current) {
                return false;
            }
        }
        return true;
    }

    /** The streams that hold anything but the one delivered call that is remembered. */
    private static List<String> leftovers(JetStreamManagement management) throws Exception {
        List<String> left = new ArrayList<>();
        for (StreamInfo stream : management.getStreams()) {
            long allowed = stream.getConfiguration().getName().startsWith("KV_") ? 1 : 0;
            if (stream.getStreamState().getMsgCount() > allowed) {
                left.add(stream.getConfiguration().getName() + ": "
                        + stream.getStreamState().getMsgCount());
            }
        }
        return left;
    }

    private static int stored(ReceiverProcess receiver) throws Exception {
        return json(receiver, "/messages?limit=1").path("count").asInt();
    }

    private static List<JsonNode> messages(ReceiverProcess receiver) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (String next = "/messages?limit=200"; !next.isEmpty(); ) {
            JsonNode page = json(receiver, next);
            page.path("messages").forEach(all::add);
            next = page.path("next").asText("");
        }
        return all;
    }

    private static JsonNode json(ReceiverProcess receiver, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(receiver.at(path)).build();
        return new ObjectMapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }
}
