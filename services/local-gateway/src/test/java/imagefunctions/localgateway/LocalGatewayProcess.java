package imagefunctions.localgateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged local gateway as a process of its own, on a free port. */
public final class LocalGatewayProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://\\S+)");

    private final Process process;
    private final Path log;

    private LocalGatewayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it with these variables, and does not wait for it. */
    public static LocalGatewayProcess launch(Map<String, String> environment) throws IOException {
        return launch(List.of(), List.of(), environment);
    }

    /** Starts it by way of another command, with these options of the JVM. */
    static LocalGatewayProcess launch(List<String> by, List<String> options, Map<String, String> environment)
            throws IOException {
        Path log = Files.createTempFile("gateway", ".log");
        List<String> command = new ArrayList<>(by);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(options);
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("IMAGE_FUNCTIONS_SPOOL_FOLDER", "target/spool-" + UUID.randomUUID());
        builder.environment().put("IMAGE_FUNCTIONS_S3_FOLDER", "target/s3-" + UUID.randomUUID());
        builder.environment().put("IMAGE_FUNCTIONS_S3_PORT", "0");
        builder.environment().putAll(environment);
        return new LocalGatewayProcess(builder.start(), log);
    }

    /** Starts it and waits until it listens. */
    public static LocalGatewayProcess start() throws IOException {
        return start(Map.of());
    }

    public static LocalGatewayProcess start(Map<String, String> environment) throws IOException {
        return launch(environment).listening();
    }

    LocalGatewayProcess listening() {
        await().atMost(Duration.ofSeconds(60)).until(() -> log().contains("Listening on") || !process.isAlive());
        return this;
    }

    public URI at(String path) throws IOException {
        Matcher address = ADDRESS.matcher(log());
        if (!address.find()) {
            throw new IOException("the local gateway does not listen: " + log());
        }
        return URI.create(address.group(1) + path);
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGKILL; on return it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end and gives the exit status. */
    public int status() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the local gateway did not end within a minute");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.deleteIfExists(log);
    }
}
