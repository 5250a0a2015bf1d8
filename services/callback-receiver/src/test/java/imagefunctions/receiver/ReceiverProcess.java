package imagefunctions.receiver;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged receiver as a process of its own, on a free port. */
final class ReceiverProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path log;

    private ReceiverProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it with these variables, and does not wait for it. */
    static ReceiverProcess launch(Path folder, Map<String, String> environment) throws IOException {
        Path log = Files.createTempFile("receiver", ".log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        java.toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("IMAGE_FUNCTIONS_MESSAGES_FOLDER", folder.toString());
        builder.environment().putAll(environment);
        return new ReceiverProcess(builder.start(), log);
    }

    /** Starts it and waits until it listens. */
    static ReceiverProcess start(Path folder, Map<String, String> environment) throws IOException {
        ReceiverProcess receiver = launch(folder, environment);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> receiver.log().contains("Listening on") || !receiver.process.isAlive());
        return receiver;
    }

    URI at(String path) throws IOException {
        Matcher address = ADDRESS.matcher(log());
        if (!address.find()) {
            throw new IOException("the receiver does not listen: " + log());
        }
        return URI.create("http://127.0.0.1:" + address.group(1) + path);
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

    String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGKILL; on return it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end and gives the exit status. */
    int status() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the receiver did not end within a minute");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(log);
    }
}
