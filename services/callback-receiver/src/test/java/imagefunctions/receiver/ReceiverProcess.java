package imagefunctions.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.testservers.ApplicationProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged receiver as a process of its own, on a free port. */
final class ReceiverProcess extends ApplicationProcess {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path folder;

    private ReceiverProcess(Path folder, Map<String, String> environment) throws IOException {
        super(java(JAR, List.of("-Xmx64m")), environment);
        this.folder = folder;
    }

    /** Starts it with these variables, and does not wait for it. */
    static ReceiverProcess launch(Path folder, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("QUARKUS_HTTP_PORT", "0");
        all.put("IMAGE_FUNCTIONS_MESSAGES_FOLDER", folder.toString());
        all.putAll(environment);
        return new ReceiverProcess(folder, all);
    }

    /** Starts it and waits until it listens. */
    static ReceiverProcess start(Path folder, Map<String, String> environment) throws IOException {
        ReceiverProcess receiver = launch(folder, environment);
        receiver.awaitListening();
        return receiver;
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofByteArray(body)), headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofByteArray());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path).body());
    }

    /** Begins to send a message of this length, under its name as the call id, and leaves it at a part. */
    Socket startPost(String name, int length, byte[] firstPart) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), at("/").getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("POST /messages/" + name + " HTTP/1.1\r\nHost: x\r\nX-Call-Id: " + name + "\r\nContent-Length: "
                                + length + "\r\n\r\n")
                        .getBytes(US_ASCII));
        socket.getOutputStream().write(firstPart);
        socket.getOutputStream().flush();
        return socket;
    }

    boolean isSomethingArriving() throws IOException {
        return bytesArriving() > 0;
    }

    /** How many bytes it has of messages that are not whole. */
    long bytesArriving() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("in"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
