package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with room for one workflow, which has two peers with room for two each. */
@Timeout(120)
final class PeersIT {
    private static final String HOLD = "hold";

    private final CountDownLatch over = new CountDownLatch(1);
    private final Deque<Socket> callers = new ArrayDeque<>();

    private static LocalGatewayProcess launch(
            Path workflows, RawServer functions, int room, String port, ReservedPort... peers) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", port);
        environment.put("IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString());
        environment.put("gateway_url", functions.url(""));
        environment.put("max_inflight", Integer.toString(room));
        environment.put(
                "IMAGE_FUNCTIONS_PEERS",
                Stream.of(peers).map(peer -> peer.url().toString()).collect(Collectors.joining(",")));
        return LocalGatewayProcess.launch(environment);
    }

    private void function(RawServer.Exchange exchange) throws IOException, InterruptedException {
        String body = new String(exchange.body(), UTF_8);
        if (body.equals(HOLD)) {
            over.await();
        }
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Takes one place of a gateway for as long as the socket is open. */
    private Socket hold(LocalGatewayProcess gateway) throws Exception {
        String before = load(gateway);
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), gateway.at("").getPort());
        caller.getOutputStream()
                .write(("POST /function/chaining HTTP/1.1\r\nHost: localhost\r\nX-Gateway-Hops: 1\r\nContent-Length: "
                                + HOLD.length() + "\r\n\r\n" + HOLD)
                        .getBytes(UTF_8));
        callers.push(caller);
        await().until(() -> !load(gateway).equals(before));
        return caller;
    }

    private static String load(LocalGatewayProcess gateway) throws Exception {
        return Curl.of(gateway.at("/system/load/chaining").toString()).output();
    }

    /** The answer's body, its status, and the first gateway that it names. */
    private static String call(LocalGatewayProcess gateway, String... options) throws Exception {
        String[] all = new String[options.length + 5];
        System.arraycopy(options, 0, all, 5, options.length);
        all[0] = "-d";
        all[1] = "hello";
        all[2] = "-w";
        all[3] = " %{http_code} %header{x-gateway-node}";
        all[4] = gateway.at("/function/chaining").toString();
        return Curl.of(all).output();
    }

    @Test
    void whatOneHasNoRoomForIsPassedOnToTheLessLoadedPeerOnce(@TempDir Path workflows) throws Exception {
        Files.writeString(workflows.resolve("workflow.yml"), "workflow: {steps: [{function: step}]}");
        try (RawServer functions = new RawServer().at("/function/step", this::function);
                ReservedPort idlePort = new ReservedPort();
                ReservedPort busyPort = new ReservedPort();
                LocalGatewayProcess idle = launch(workflows, functions, 2, idlePort.toString());
                LocalGatewayProcess busy = launch(workflows, functions, 2, busyPort.toString());
                LocalGatewayProcess full = launch(workflows, functions, 1, "0", idlePort, busyPort)) {
            idle.listening();
            busy.listening();
            full.listening();
            assertThat(call(full)).isEqualTo("hello 200 " + functions.name());
            hold(full);
            hold(busy);

            for (int i = 0; i < 4; i++) {
                assertThat(call(full)).startsWith("hello 200 " + idle.at("").getAuthority());
            }
            assertThat(call(full, "-H", "X-Gateway-Hops: 1")).contains("\"status\" : 429");

            hold(idle);
            hold(idle);
            assertThat(call(full)).startsWith("hello 200 " + busy.at("").getAuthority());

            hold(busy);
            assertThat(call(full)).contains("\"status\" : 429");

            busy.kill();
            assertThat(call(full)).contains("\"status\" : 429");
        } finally {
            over.countDown();
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }
}
