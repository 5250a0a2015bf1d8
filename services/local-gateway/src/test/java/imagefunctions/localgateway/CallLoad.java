package imagefunctions.localgateway;

import static imagefunctions.localgateway.GatewayCluster.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Asynchronous calls with photos of one chunk and of several, sent to all gateways in turn until enough are acknowledged. */
final class CallLoad implements AutoCloseable {
    private static final int SENDERS = 6;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final List<String> PHOTOS =
            List.of("90x60.jpg", "99x101.jpg", "7x9.jpg", "200x200.jpg", "../seeding.jpg");

    private final GatewayCluster cluster;
    private final int calls;
    private final List<byte[]> photos = new ArrayList<>();
    private final List<String> drafts = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final List<Future<?>> sending = new ArrayList<>();

    private CallLoad(GatewayCluster cluster, int calls) throws Exception {
        this.cluster = cluster;
        this.calls = calls;
        for (String photo : PHOTOS) {
            photos.add(photo(photo));
            drafts.add(cluster.client(0).function("draft", photos.getLast()));
        }
    }

    static byte[] photo(String name) throws IOException {
        return Files.readAllBytes(Path.of("../../samples/fixtures", name));
    }

    static CallLoad start(GatewayCluster cluster, int calls) throws Exception {
        CallLoad load = new CallLoad(cluster, calls);
        for (int i = 0; i < SENDERS; i++) {
            load.sending.add(load.senders.submit(() -> {
                load.send();
                return null;
            }));
        }
        return load;
    }

    /** The calls that are acknowledged, and the results that are stored. */
    int progress() throws Exception {
        for (Future<?> sender : sending) {
            if (sender.isDone()) {
                sender.get();
            }
        }
        return acknowledged.size() + cluster.stored();
    }

    private void send() throws Exception {
        for (int number = numbers.getAndIncrement(); number < calls; number = numbers.getAndIncrement()) {
            int mine = number;
            AtomicInteger attempt = new AtomicInteger();
            patiently().pollInterval(BETWEEN_TRIES).until(() -> isAccepted(mine, attempt.getAndIncrement()));
        }
    }

    /** What was not accepted goes to the next gateway, under another id: it may be made all the same. */
    private boolean isAccepted(int number, int attempt) throws Exception {
        String id = number + "-" + attempt;
        int gateway = (number + attempt) % cluster.size();
        try {
            int status = cluster.client(gateway)
                    .call(
                            "draft",
                            photos.get(photoOf(id)),
                            "X-Call-Id",
                            id,
                            "X-Callback-Url",
                            cluster.callback(number).toString())
                    .statusCode();
            assertThat(status)
                    .as(() -> "Gateway " + gateway + " writes\n" + cluster.log(gateway))
                    .isIn(202, 503);
            return status == 202 && acknowledged.add(id);
        } catch (IOException killed) {
            return false;
        }
    }

    private static int numberOf(String id) {
        return Integer.parseInt(id.substring(0, id.indexOf('-')));
    }

    private static int photoOf(String id) {
        return numberOf(id) % PHOTOS.size();
    }

    /** Waits for the last result: each acknowledged call is stored once and rightly, and nothing else is kept anywhere. */
    void checkAll(Path folder) throws Exception {
        for (Future<?> sender : sending) {
            sender.get();
        }
        assertThat(acknowledged).hasSize(calls);
        patiently().untilAsserted(() -> assertThat(undelivered()).isEmpty());
        patiently().ignoreExceptions().untilAsserted(() -> assertThat(cluster.leftovers())
                .isEmpty());

        List<JsonNode> stored = cluster.messages();
        assertThat(ids(stored)).doesNotHaveDuplicates();
        for (JsonNode message : stored) {
            String id = message.path("callId").asText();
            Path file = GatewayCluster.messages(folder, numberOf(id))
                    .resolve("messages")
                    .resolve(id)
                    .resolve(message.path("name").asText());
            assertThat(message.path("status").asInt()).as(id).isEqualTo(200);
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(id)
                    .isEqualTo(drafts.get(photoOf(id)));
        }
    }

    /** What a gateway says of the acknowledged calls whose results are not stored. */
    private List<JsonNode> undelivered() throws Exception {
        Set<String> missing = new HashSet<>(acknowledged);
        missing.removeAll(new HashSet<>(ids(cluster.messages())));
        List<JsonNode> states = new ArrayList<>();
        for (String id : missing) {
            states.add(cluster.client(0).describe(id));
        }
        return states;
    }

    private static List<String> ids(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("callId").asText()).toList();
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
