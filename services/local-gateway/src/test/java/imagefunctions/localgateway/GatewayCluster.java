package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.testservers.NatsCluster;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;

/** Gateways that share one queue on NATS servers, and the receivers of what they send. */
final class GatewayCluster implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "IMAGE_FUNCTIONS_QUEUE_ACK_WAIT", "3s",
            "IMAGE_FUNCTIONS_QUEUE_SWEEP_EVERY", "2s",
            "IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", "1G",
            "IMAGE_FUNCTIONS_DELIVERED_MAX_COUNT", "1",
            "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "20",
            "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "50ms",
            "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "500ms",
            "IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "50ms",
            "IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", "500ms");
    /** What no call owns is removed after all three, and a minute. */
    private static final Map<String, String> TIMES =
            Map.of("read_timeout", "5s", "exec_timeout", "10s", "write_timeout", "5s");

    /** Longer than between two heartbeats of a server, shorter than another takes to start. */
    private static final Duration HEARD_OF = Duration.ofSeconds(2);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final NatsCluster nats;
    private final List<ReceiverProcess> receivers;
    private final List<LocalGatewayProcess> gateways = new CopyOnWriteArrayList<>();

    /** Takes over servers and receivers that run. */
    GatewayCluster(NatsCluster nats, List<ReceiverProcess> receivers) {
        this.nats = nats;
        this.receivers = receivers;
    }

    static GatewayCluster start(Path folder, int servers, int gateways) throws Exception {
        GatewayCluster cluster = new GatewayCluster(NatsCluster.start(folder, servers), receivers(folder, Map.of()));
        for (int i = 0; i < gateways; i++) {
            cluster.add();
        }
        for (int i = 0; i < gateways; i++) {
            cluster.awaitReady(i);
        }
        return cluster;
    }

    /** Starts two, which keep their messages below this folder. */
    static List<ReceiverProcess> receivers(Path folder, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT", "100000");
        return List.of(
                ReceiverProcess.start(messages(folder, 0), all), ReceiverProcess.start(messages(folder, 1), all));
    }

    /** Where the receiver of a call's result keeps its messages. */
    static Path messages(Path folder, int call) {
        return folder.resolve("messages-" + call % 2);
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }

    /** Starts one more gateway. */
    void add() throws IOException {
        add(List.of(), Map.of());
    }

    /** Starts one more gateway, by way of another command, with these variables besides its own. */
    void add(List<String> by, Map<String, String> environment) throws IOException {
        gateways.add(launch(by, environment));
    }

    private LocalGatewayProcess launch(List<String> by, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(SETTINGS);
        all.putAll(TIMES);
        all.put("IMAGE_FUNCTIONS_QUEUE", nats.urls());
        all.putAll(environment);
        return LocalGatewayProcess.launch(by, List.of(), all).listening();
    }

    /** Ends a gateway as kill -9 does, and starts another in its place. */
    void replace(int number) throws IOException {
        gateways.get(number).close();
        gateways.set(number, launch(List.of(), Map.of()));
    }

    int size() {
        return gateways.size();
    }

    String log(int gateway) {
        try {
            return gateways.get(gateway).log();
        } catch (IOException ended) {
            return "";
        }
    }

    AsyncClient client(int number) throws IOException {
        return new AsyncClient(gateways.get(number).at("/"));
    }

    boolean isReady(int number) throws IOException, InterruptedException {
        return client(number).send("GET", "/_/ready").statusCode() == 200;
    }

    void awaitReady(int number) {
        patiently().ignoreExceptions().until(() -> isReady(number));
    }

    /** Waits until every server was heard of a moment ago and has everything, so that any may go. */
    void awaitInSync() {
        patiently().ignoreExceptions().untilAsserted(() -> assertThat(lagging()).isEmpty());
    }

    private List<String> lagging() throws Exception {
        List<String> lagging = new ArrayList<>();
        for (StreamInfo stream : streams()) {
            String name = stream.getConfiguration().getName();
            if (stream.getClusterInfo().getLeader() == null) {
                lagging.add(name + " has no leader");
            }
            for (Replica replica : stream.getClusterInfo().getReplicas()) {
                if (!replica.isCurrent() || replica.getActive().compareTo(HEARD_OF) >= 0) {
                    lagging.add(name + ": " + replica);
                }
            }
        }
        return lagging;
    }

    /** The streams that hold anything but the one delivered call that is remembered. */
    List<String> leftovers() throws Exception {
        List<String> left = new ArrayList<>();
        for (StreamInfo stream : streams()) {
            String name = stream.getConfiguration().getName();
            long messages = stream.getStreamState().getMsgCount();
            if (messages > (name.startsWith("KV_") ? 1 : 0)) {
                left.add(name + ": " + messages);
            }
        }
        return left;
    }

    /** By a connection of its own: one that has outlived a server may get no answers any more. */
    private List<StreamInfo> streams() throws Exception {
        Options options = new Options.Builder().servers(nats.urls().split(",")).build();
        Connection connection = Nats.connect(options);
        try {
            return connection.jetStreamManagement().getStreams();
        } finally {
            connection.close();
        }
    }

    /** Where the result of a call goes to: each receiver has every other one. */
    URI callback(int call) throws IOException {
        return receivers.get(call % receivers.size()).at("/messages/draft-" + call + ".jpg");
    }

    /** How many messages the receivers have stored. */
    int stored() throws Exception {
        int stored = 0;
        for (ReceiverProcess receiver : receivers) {
            stored += read(receiver.at("/messages?limit=1")).path("count").asInt();
        }
        return stored;
    }

    List<JsonNode> messages() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (ReceiverProcess receiver : receivers) {
            for (String next = "/messages?limit=200"; !next.isEmpty(); ) {
                JsonNode page = read(receiver.at(next));
                page.path("messages").forEach(all::add);
                next = page.path("next").asText("");
            }
        }
        return all;
    }

    private static JsonNode read(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return new ObjectMapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() throws IOException {
        for (LocalGatewayProcess gateway : gateways) {
            gateway.close();
        }
        for (ReceiverProcess receiver : receivers) {
            receiver.close();
        }
        nats.close();
    }
}
