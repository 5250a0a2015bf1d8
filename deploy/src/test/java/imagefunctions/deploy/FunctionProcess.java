package imagefunctions.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged function as a process of its own, as in its container. */
final class FunctionProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^ ]+)");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final URI address;

    private FunctionProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Starts it on a free port, and waits until it listens. */
    static FunctionProcess start(Path jar, Map<String, String> environment) throws IOException {
        return start(
                List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()), environment);
    }

    /** The same by a command of its own. */
    static FunctionProcess start(List<String> command, Map<String, String> environment) throws IOException {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("QUARKUS_HTTP_PORT", "0");
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        Process process = Command.start(Path.of("target"), all, command.toArray(String[]::new));
        StringBuilder log = new StringBuilder();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            log.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
                return new FunctionProcess(process, URI.create(listening.group(1)));
            }
        }
        throw new IOException("It did not start:\n" + log);
    }

    URI at(String path) {
        return address.resolve(path);
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return post(at(path), type, body);
    }

    HttpResponse<byte[]> post(Path file) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(address)
                        .POST(BodyPublishers.ofFile(file))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    static HttpResponse<String> post(URI address, String type, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofMinutes(1))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    static int status(URI address) throws InterruptedException {
        try {
            return CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
