package imagefunctions.functions.chaining;

import imagefunctions.gatewayclient.Credentials;
import imagefunctions.gatewayclient.GatewayChoice;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.gateways.GatewaySettings;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import imagefunctions.traces.Traces;
import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder of workflows and a gateway with functions for them. */
final class Scene implements AutoCloseable {
    final Peer peer = new Peer();
    private final Path own;
    private Path folder;
    private long maxBody = 1 << 20;
    private long maxHeld = 4 << 20;
    private Optional<Credentials> credentials = Optional.empty();
    private Duration execTimeout = Duration.ofSeconds(60);

    Scene() {
        try {
            own = Files.createTempDirectory("workflows");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder = own;
        peer.with("a", Peer.appends("a")).with("b", Peer.appends("b")).with("c", Peer.appends("c"));
    }

    /** Adds a workflow file. */
    Scene file(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the default workflow to these keys of {@code workflow:}. */
    Scene workflow(String keys) {
        return file("workflow.yml", "workflow:\n" + keys.indent(2));
    }

    Scene maxBody(long bytes) {
        maxBody = bytes;
        return this;
    }

    Scene maxHeld(long bytes) {
        maxHeld = bytes;
        return this;
    }

    Scene credentials(String user, String password) {
        credentials = Optional.of(new Credentials(user, password));
        return this;
    }

    Scene execTimeout(Duration time) {
        execTimeout = time;
        return this;
    }

    /** Uses the workflows of this folder instead. */
    Scene folder(Path other) {
        folder = other;
        return this;
    }

    /** The folder of the workflows. */
    Path folder() {
        return folder;
    }

    /** Default settings for the workflows of a folder. */
    static Settings settings(Path folder, Gateways gateways) {
        return new Settings(
                Optional.of(folder),
                new GatewaySettings(
                        () -> Optional.of(gateways), GatewayChoice.LEAST_REQUESTS, Optional.empty(), Traces.NONE),
                1 << 20,
                64 << 20,
                new PixelLimit(PixelLimit.DEFAULT),
                2,
                Duration.ofSeconds(60));
    }

    Settings settings() {
        return settingsAt(new Gateways(List.of(peer.url())));
    }

    Settings settingsAt(Gateways gateways) {
        return settings(Optional.of(gateways));
    }

    /** Settings that leave the gateways to the files. */
    Settings settingsOfTheFiles() {
        return settings(Optional.empty());
    }

    private Settings settings(Optional<Gateways> gateways) {
        return new Settings(
                Optional.of(folder),
                new GatewaySettings(() -> gateways, GatewayChoice.LEAST_REQUESTS, credentials, Traces.NONE),
                maxBody,
                maxHeld,
                new PixelLimit(PixelLimit.DEFAULT),
                2,
                execTimeout);
    }

    Workflows workflows() {
        return workflows(settings());
    }

    Workflows workflows(Settings settings) {
        return new Workflows(settings, runs());
    }

    /** The durable runs of this scene. */
    Runs runs() {
        return runs(runStore());
    }

    /** Where they are kept. */
    RunStore runStore() {
        return new FolderRuns(own.resolve("runs"));
    }

    static Runs runs(RunStore store) {
        return new Runs(store, new RunLimits(1 << 20, 100, Duration.ofDays(1), Duration.ofSeconds(1)));
    }

    /** Runs the default workflow on this body. */
    Reply run(String body) throws InterruptedException {
        return workflows().answer(post(body));
    }

    /** The same with {@code explain=true}. */
    Reply explain(String body) throws InterruptedException {
        return workflows().answer(call("POST", "explain=true", Map.of(), body));
    }

    static Call post(String body) {
        return call("POST", "", Map.of(), body);
    }

    static Call call(String method, String query, Map<String, String> headers, String body) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String one : query.split("&", -1)) {
            String[] pair = one.split("=", 2);
            if (pair.length == 2) {
                parameters.computeIfAbsent(pair[0], name -> new ArrayList<>()).add(pair[1]);
            }
        }
        Map<String, List<String>> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new Call(
                "chaining",
                headers.getOrDefault("X-Call-Id", "call-1"),
                method,
                "",
                HttpHeaders.of(all, (name, value) -> true),
                parameters,
                body.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        peer.close();
        try (var files = Files.walk(own)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
