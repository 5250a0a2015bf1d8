package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callbacks of the packaged gateway where the environment names a proxy. */
final class ProxyIT {
    @ParameterizedTest
    @CsvSource({"http_proxy, no_proxy", "HTTP_PROXY, NO_PROXY"})
    void aCallbackGoesByTheProxyUnlessItsHostIsCalledDirectly(String variable, String exception) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        proxy.start();
        try (CallbackServer direct = CallbackServer.start();
                LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of(
                        variable, "http://127.0.0.1:" + proxy.getAddress().getPort(), exception, "elsewhere.test"))) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            for (Map.Entry<String, String> call : Map.of(
                            "by-proxy", "http://receiver.test/done",
                            "here", direct.url("/200"),
                            "excepted", "http://elsewhere.test/done")
                    .entrySet()) {
                client.call("bw", new byte[] {1}, "X-Call-Id", call.getKey(), "X-Callback-Url", call.getValue());
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client.state("by-proxy").equals("delivered")
                            && client.state("here").equals("delivered")
                            && client.describe("excepted")
                                            .path("callbackAttempts")
                                            .asInt()
                                    > 0);

            assertThat(asked).containsExactly("POST http://receiver.test/done");
        } finally {
            proxy.stop(0);
        }
    }
}
