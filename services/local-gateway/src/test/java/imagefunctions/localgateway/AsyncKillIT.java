package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.URI;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway, killed and started again under load, beside the real receiver. */
final class AsyncKillIT {
    private static final int CALLS = 2000;
    private static final int KILLS = 5;
    private static final int SENDERS = 8;
    private static final List<String> PHOTOS = List.of("90x60.jpg", "99x101.jpg", "7x9.jpg", "200x200.jpg");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The gateway comes back where its callers look for it. */
    @AutoClose
    private final ReservedPort port = new ReservedPort();

    private final Path folder;
    private final Random random;
    private final long seed = System.nanoTime();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    AsyncKillIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
    }

    @Test
    void everyAcknowledgedCallIsDeliveredAndStoredOnceHoweverOftenTheGatewayIsKilled() throws Exception {
        Map<String, String> environment = Map.of(
                "QUARKUS_HTTP_PORT", port.toString(),
                "IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString(),
                "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "20",
                "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "50ms",
                "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "500ms",
                "IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "50ms",
                "IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", "500ms");
        List<String> expected = new ArrayList<>();
        LocalGatewayProcess gateway = LocalGatewayProcess.start(environment);
        try (ReceiverProcess receiver = ReceiverProcess.start(folder.resolve("messages"));
                ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            List<byte[]> photos = new ArrayList<>();
            for (String photo : PHOTOS) {
                photos.add(Files.readAllBytes(Path.of("../../samples/fixtures", photo)));
                expected.add(client.function("draft", photos.getLast()));
            }
            List<Future<?>> sending = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                sending.add(senders.submit(() -> {
                    send(client, photos, receiver.at("/messages/draft-").toString());
                    return null;
                }));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                // Between 0 and twice the calls: the last kills may come when all are taken and some delivered.
                int moment = (2 * CALLS * kill + random.nextInt(2 * CALLS)) / KILLS;
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> acknowledged.size() + stored(receiver) >= moment);
                gateway.kill();
                gateway.close();
                gateway = LocalGatewayProcess.start(environment);
            }
            for (Future<?> sender : sending) {
                sender.get();
            }
            await().atMost(PATIENCE).until(() -> stored(receiver) >= CALLS && allFinished(client));

            List<JsonNode> messages = messages(receiver);
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
        } finally {
            gateway.close();
        }
    }

    /** Sends until enough calls are acknowledged; a call that was not gets another try under another id. */
    private void send(AsyncClient client, List<byte[]> photos, String callbacks) throws Exception {
        for (int number = numbers.getAndIncrement(); number < CALLS; number = numbers.getAndIncrement()) {
            for (int attempt = 0; ; attempt++) {
                String id = number + "-" + attempt;
                try {
                    int status = client.call(
                                    "draft",
                                    photos.get(photoOf(id)),
                                    "X-Call-Id",
                                    id,
                                    "X-Callback-Url",
                                    callbacks + number + ".jpg")
                            .statusCode();
                    assertThat(status).isEqualTo(202);
                    acknowledged.add(id);
                    break;
                } catch (IOException killed) {
                    await().atMost(PATIENCE)
                            .ignoreExceptions()
                            .until(() -> client.send("GET", "/_/ready").statusCode() == 200);
                }
            }
        }
    }

    private static int photoOf(String id) {
        return Integer.parseInt(id.substring(0, id.indexOf('-'))) % PHOTOS.size();
    }

    /** Whether no call waits or runs; a page may be empty and yet not the last, where calls moved on meanwhile. */
    private static boolean allFinished(AsyncClient client) throws Exception {
        for (String state : List.of("queued", "running")) {
            JsonNode page = client.json("/system/async?limit=1&state=" + state);
            if (!page.path("calls").isEmpty() || page.hasNonNull("next")) {
                return false;
            }
        }
        return true;
    }

    private static int stored(ReceiverProcess receiver) throws Exception {
        return json(receiver.at("/messages?limit=1")).path("count").asInt();
    }

    private static List<JsonNode> messages(ReceiverProcess receiver) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (String next = "/messages?limit=200"; !next.isEmpty(); ) {
            JsonNode page = json(receiver.at(next));
            page.path("messages").forEach(all::add);
            next = page.path("next").asText("");
        }
        return all;
    }

    private static JsonNode json(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return new ObjectMapper()
                .readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
    }
}
