package imagefunctions.runtime.funqy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** A real client, and real curl, against the application under test. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    static URI at(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + path);
    }

    static HttpRequest.Builder post(String path, byte[] body) {
        return HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofByteArray(body));
    }

    static HttpRequest.Builder post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** Runs curl and gives back what it printed. */
    static byte[] curl(byte[] input, String... arguments) throws IOException, InterruptedException {
        Process curl = new ProcessBuilder(Stream.concat(Stream.of("curl", "-sS"), Stream.of(arguments))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = curl.getOutputStream()) {
            in.write(input);
        }
        byte[] printed = curl.getInputStream().readAllBytes();
        curl.waitFor();
        return printed;
    }

    static List<String> lines(byte[] printed) {
        return new String(printed, StandardCharsets.ISO_8859_1).lines().toList();
    }
}
