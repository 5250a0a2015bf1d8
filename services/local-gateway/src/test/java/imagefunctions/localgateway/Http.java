package imagefunctions.localgateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;

/** A real client against the gateway under test. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    static URI at(String path) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + path);
    }

    static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(at(path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** A POST with these headers, names and values by turns. */
    static HttpResponse<byte[]> post(String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }
}
