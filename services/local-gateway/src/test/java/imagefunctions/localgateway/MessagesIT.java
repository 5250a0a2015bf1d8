package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged gateway before a receiver that a proxy serves below a path of its own. */
final class MessagesIT {
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/receiver", "/behind/a/receiver/"})
    void theReceiverIsAskedBelowItsUrlAndWhatItAsksForIsPassedOn(String base) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            boolean read = exchange.getRequestMethod().equals("GET");
            exchange.getResponseHeaders().set(read ? "Retry-After" : "Allow", read ? "7" : "GET");
            exchange.sendResponseHeaders(read ? 429 : 405, -1);
            exchange.close();
        });
        receiver.start();
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of(
                        "IMAGE_FUNCTIONS_RECEIVER",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + base));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> busy = client.send(
                    HttpRequest.newBuilder(gateway.at("/system/messages.zip?search=a%20b"))
                            .build(),
                    BodyHandlers.ofString());
            HttpResponse<String> refused = client.send(
                    HttpRequest.newBuilder(gateway.at("/system/messages?call=x"))
                            .DELETE()
                            .build(),
                    BodyHandlers.ofString());

            String below = base.replaceFirst("/$", "");
            assertThat(asked)
                    .containsExactly(
                            "GET " + below + "/messages.zip?search=a%20b", "DELETE " + below + "/messages?call=x");
            assertThat(busy.statusCode()).isEqualTo(429);
            assertThat(busy.headers().firstValue("Retry-After")).hasValue("7");
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("Allow")).hasValue("GET");
        } finally {
            receiver.stop(0);
        }
    }
}
