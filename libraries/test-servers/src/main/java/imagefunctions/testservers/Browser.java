package imagefunctions.testservers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Chromium without a window, spoken to by its DevTools protocol; it shows one page at a time. */
public final class Browser implements AutoCloseable {
    private static final Pattern ENDPOINT = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Everything that this page reported by itself: requests, console, exceptions. */
    public final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();

    private final Process process;
    private final Map<Integer, CompletableFuture<JsonNode>> commands = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final WebSocket socket;
    private volatile String session = "";

    private String context = "";

    private Browser(Process process, URI endpoint) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(endpoint, new Listener())
                .join();
    }

    /** The program, if it is on the PATH. */
    public static Optional<Path> find() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it with its files in a folder, and these options beside the usual ones. */
    public static Browser start(Path chromium, Path folder, String... options) throws Exception {
        Path log = folder.resolve("chromium.log");
        List<String> command = new ArrayList<>(List.of(
                chromium.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.add("about:blank");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Its own socket stays behind in the temporary folder when it is ended.
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ENDPOINT.matcher(Files.readString(log)).find());
        Matcher endpoint = ENDPOINT.matcher(Files.readString(log));
        if (!endpoint.find()) {
            throw new IOException("Chromium does not say where it listens: " + Files.readString(log));
        }
        return new Browser(process, URI.create(endpoint.group(1)));
    }

    /** Shows an empty page that knows nothing of the one before. */
    public void newPage() throws Exception {
        session = "";
        events.clear();
        if (!context.isEmpty()) {
            send("Target.disposeBrowserContext", Map.of("browserContextId", context));
        }
        context = send("Target.createBrowserContext", Map.of())
                .path("browserContextId")
                .asText();
        String target = send("Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asText();
        session = send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
            send(domain + ".enable", Map.of());
        }
        colours("light");
    }

    public void size(int width, int height) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** Light or dark; whatever moves, stands still. */
    public void colours(String scheme) throws Exception {
        List<Map<String, String>> features = List.of(
                Map.of("name", "prefers-reduced-motion", "value", "reduce"),
                Map.of("name", "prefers-color-scheme", "value", scheme));
        send("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** Where the clock is that the page sees, such as {@code Europe/Berlin}. */
    public void timeZone(String zone) throws Exception {
        send("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
    }

    public void open(URI uri) throws Exception {
        send("Page.navigate", Map.of("url", uri.toString()));
    }

    /** The value of a JavaScript expression in the page. */
    public JsonNode evaluate(String expression) throws Exception {
        return send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true))
                .path("result")
                .path("value");
    }

    public void screenshot(Path file) throws Exception {
        String png = send("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asText();
        Files.write(file, Base64.getDecoder().decode(png));
    }

    private JsonNode send(String method, Map<String, Object> parameters) throws Exception {
        int id = ids.incrementAndGet();
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        commands.put(id, answer);
        socket.sendText(command.toString(), true).join();
        JsonNode result = answer.get(30, TimeUnit.SECONDS);
        if (result.has("error")) {
            throw new IOException(method + ": " + result.path("error"));
        }
        return result.path("result");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket source, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                take(message.toString());
                message.setLength(0);
            }
            source.request(1);
            return null;
        }

        private void take(String text) {
            try {
                JsonNode node = JSON.readTree(text);
                CompletableFuture<JsonNode> command =
                        commands.remove(node.path("id").asInt());
                if (command != null) {
                    command.complete(node);
                } else if (node.path("sessionId").asText().equals(session)) {
                    events.add(node);
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Chromium speaks JSON", e);
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
