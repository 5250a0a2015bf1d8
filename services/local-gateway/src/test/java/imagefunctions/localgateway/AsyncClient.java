package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A real client of a gateway's asynchronous calls. */
final class AsyncClient {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI gateway;

    AsyncClient(URI gateway) {
        this.gateway = gateway;
    }

    /** POSTs to {@code /async-function/}TARGET; headers are names and values in turn. */
    HttpResponse<String> call(String target, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/async-function/" + target).POST(BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** As {@link #call}, without saying how long the body is. */
    HttpResponse<String> callChunked(String target, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return send(request("/async-function/" + target)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .headers(headers));
    }

    /** What a synchronous call is answered with, each character a byte. */
    String function(String target, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/function/" + target).POST(BodyPublishers.ofByteArray(body));
        return CLIENT.send(request.build(), BodyHandlers.ofString(ISO_8859_1)).body();
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(send("GET", path).body());
    }

    /** What has become of a call; an empty text if nothing is known of it. */
    String state(String callId) throws IOException, InterruptedException {
        return describe(callId).path("state").asText();
    }

    JsonNode describe(String callId) throws IOException, InterruptedException {
        return json("/system/async/" + callId);
    }

    /** The value of a metric's line that starts with this text. */
    double metric(String start) throws IOException, InterruptedException {
        return send("GET", "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
