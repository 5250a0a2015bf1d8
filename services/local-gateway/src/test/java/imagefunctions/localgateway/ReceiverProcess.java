package imagefunctions.localgateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged callback receiver as a process of its own, on a free port. */
final class ReceiverProcess implements AutoCloseable {
    private static final Path JAR = Path.of("../callback-receiver/target/quarkus-app/quarkus-run.jar");
    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    private final Process process;
    private final Path log;

    private ReceiverProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and waits until it listens. */
    static ReceiverProcess start(Path messages) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("There is no " + JAR
                    + ": build it first with mvn -pl callback-receiver package -DskipTests, or build everything.");
        }
        Path log = Files.createTempFile("receiver", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("IMAGE_FUNCTIONS_MESSAGES_FOLDER", messages.toString());
        ReceiverProcess receiver = new ReceiverProcess(builder.start(), log);
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

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(log);
    }
}
