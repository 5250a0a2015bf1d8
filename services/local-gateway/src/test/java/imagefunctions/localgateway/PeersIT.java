package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with room for one workflow, which has another one and a made-up one as its peers. */
@Timeout(180)
final class PeersIT {
    private static final String HOLD = "hold";
    private static final int BODY = 1 << 20;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Deque<Socket> callers = new ArrayDeque<>();
    private volatile String loadOfMadeUp = "";

    private static Map<String, String> environment(Path workflows, RawServer functions, int room) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("basic_auth", "true");
        environment.put("secret_mount_path", workflows.toString());
        environment.put("IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString());
        environment.put("gateway_url", functions.url(""));
        environment.put("max_inflight", Integer.toString(room));
        return environment;
    }

    private void function(RawServer.Exchange exchange) throws IOException, InterruptedException {
        String body = new String(exchange.body(), UTF_8);
        if (body.equals(HOLD)) {
            over.await();
        }
        answer(exchange, body);
    }

    private static void answer(RawServer.Exchange exchange, String body) throws IOException {
        exchange.send(
                RawServer.head("HTTP/1.1 200 OK", "Connection: close", "Content-Length: " + body.length()) + body);
    }

    /** Takes one place of a gateway until the test is over. */
    private void hold(LocalGatewayProcess gateway) throws Exception {
        String before = load(gateway);
        Socket caller =
                new Socket(InetAddress.getLoopbackAddress(), gateway.at("").getPort());
        callers.push(caller);
        caller.getOutputStream()
                .write((RawServer.head(
                                        "POST /function/chaining HTTP/1.1",
                                        "Host: localhost",
                                        "X-Gateway-Hops: 1",
                                        "Content-Length: " + HOLD.length())
                                + HOLD)
                        .getBytes(UTF_8));
        await().until(() -> !load(gateway).equals(before));
    }

    private static String load(LocalGatewayProcess gateway) throws Exception {
        return Curl.of("-u", "admin:secret", gateway.at("/system/load/chaining").toString())
                .output();
    }

    /** The answer's body, its status, and the gateways that it names. */
    private static String call(LocalGatewayProcess gateway, String header) throws Exception {
        return Curl.of(
                        "-d",
                        "hello",
                        "-H",
                        header,
                        "-w",
                        " %{http_code} %header{x-gateway-node}",
                        gateway.at("/function/chaining?a=b").toString())
                .output();
    }

    private static String call(LocalGatewayProcess gateway) throws Exception {
        return call(gateway, "X-Other: 1");
    }

    @Test
    void whatOneHasNoRoomForIsPassedOnToTheLessLoadedPeerOnce(@TempDir Path workflows) throws Exception {
        Files.writeString(workflows.resolve("workflow.yml"), "workflow: {steps: [{function: step}]}");
        Files.writeString(workflows.resolve("basic-auth-user"), "admin");
        Files.writeString(workflows.resolve("basic-auth-password"), "secret");
        try (RawServer functions = new RawServer().at("/function/step", this::function);
                RawServer madeUp = new RawServer()
                        .at("/system/load/chaining", exchange -> answer(exchange, loadOfMadeUp))
                        .at(
                                "/function/chaining",
                                exchange -> answer(exchange, "made up: " + new String(exchange.body(), UTF_8)));
                ReservedPort port = new ReservedPort()) {
            Map<String, String> ofPeer = environment(workflows, functions, 2);
            ofPeer.put("QUARKUS_HTTP_PORT", port.toString());
            Map<String, String> ofFull = environment(workflows, functions, 1);
            ofFull.put("IMAGE_FUNCTIONS_PEERS", port.url() + "," + madeUp.url(""));
            try (LocalGatewayProcess peer = LocalGatewayProcess.launch(ofPeer);
                    LocalGatewayProcess full = LocalGatewayProcess.launch(ofFull)) {
                peer.listening();
                full.listening();
                String byPeer = "hello 200 " + peer.at("").getAuthority() + ", " + functions.name();
                String byMadeUp = "made up: hello 200 " + madeUp.name();
                assertThat(call(full)).isEqualTo("hello 200 " + functions.name());
                hold(full);

                loadOfMadeUp = "{\"inFlight\": 1, \"threads\": 4, \"free\": 3}";
                // A process that is new may not say in time how busy it is.
                await().untilAsserted(() -> assertThat(call(full)).isEqualTo(byPeer));
                assertThat(call(full, "X-Gateway-Hops: 1")).contains("\"status\" : 429");

                hold(peer);
                assertThat(call(full)).isEqualTo(byMadeUp);
                RawServer.Exchange seen = madeUp.asked("/function/chaining").getFirst();
                assertThat(seen.head()).startsWith("POST /function/chaining?a=b HTTP/1.1");
                assertThat(seen.header("X-Gateway-Hops")).isEqualTo("1");

                for (String unusable : new String[] {"{\"inFlight\": 0, \"threads\": 4, \"free\": 0}", "{}", "moon"}) {
                    loadOfMadeUp = unusable;
                    assertThat(call(full)).as(unusable).isEqualTo(byPeer);
                }

                hold(peer);
                assertThat(call(full)).contains("\"status\" : 429");

                peer.kill();
                loadOfMadeUp = "{\"inFlight\": 9, \"threads\": 4, \"free\": 1}";
                assertThat(call(full)).isEqualTo(byMadeUp);
            }
        } finally {
            over.countDown();
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }

    /** Fills the memory for bodies with one that does not end. */
    private void fill(LocalGatewayProcess gateway) throws Exception {
        Socket caller =
                new Socket(InetAddress.getLoopbackAddress(), gateway.at("").getPort());
        callers.push(caller);
        OutputStream out = caller.getOutputStream();
        out.write(RawServer.head("POST /function/chaining HTTP/1.1", "Host: localhost", "Content-Length: " + BODY)
                .getBytes(UTF_8));
        out.write(new byte[BODY - 1]);
        out.flush();
        await().until(() -> load(gateway).contains("\"memory\":0"));
    }

    /** The status of a call with a body of this length, and the gateways that it names. */
    private static String post(LocalGatewayProcess gateway, Path body, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--data-binary", "@" + body, "-o", body + ".answer"));
        arguments.addAll(List.of("-w", "%{http_code} %header{x-gateway-node}"));
        arguments.add(gateway.at("/function/chaining").toString());
        return Curl.of(arguments.toArray(String[]::new)).output();
    }

    @Test
    void whatOneHasNoMemoryForIsPassedOnUnread(@TempDir Path workflows) throws Exception {
        Files.writeString(workflows.resolve("workflow.yml"), "workflow: {steps: [{function: step}]}");
        Files.writeString(workflows.resolve("basic-auth-user"), "admin");
        Files.writeString(workflows.resolve("basic-auth-password"), "secret");
        Path body = Files.write(workflows.resolve("body"), new byte[BODY - 1]);
        try (RawServer peer = new RawServer()
                .at("/system/load/chaining", exchange -> answer(exchange, loadOfMadeUp))
                .at("/function/chaining", exchange -> {
                    exchange.body();
                    answer(exchange, "made up");
                })) {
            Map<String, String> environment = environment(workflows, peer, 8);
            environment.put("IMAGE_FUNCTIONS_PEERS", peer.url(""));
            environment.put("IMAGE_FUNCTIONS_MAX_BODY", Integer.toString(BODY));
            environment.put("IMAGE_FUNCTIONS_MAX_HELD", Integer.toString(BODY));
            try (LocalGatewayProcess full = LocalGatewayProcess.start(environment)) {
                fill(full);

                loadOfMadeUp = "{\"inFlight\": 1, \"threads\": 4, \"free\": 3, \"memory\": " + BODY + "}";
                // A process that is new may not hear in time how busy its peer is.
                await().untilAsserted(() -> assertThat(post(full, body)).isEqualTo("200 " + peer.name()));
                assertThat(post(full, body, "-H", "X-Gateway-Hops: 1")).startsWith("429");

                loadOfMadeUp = "{\"inFlight\": 1, \"threads\": 4, \"free\": 3, \"memory\": 1000}";
                assertThat(post(full, body)).startsWith("429");
            }
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }
}
