package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ApplicationProcess;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A folder in which commands of the docs are run as in a checkout, word by word but for the ports, which are its own.
 * {@code ./run up} is the script's with the packaged services, since building takes minutes.
 */
final class Checkout implements AutoCloseable {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final ReservedPort gateway = new ReservedPort();
    final ReservedPort gatewayTls = new ReservedPort();
    final ReservedPort receiver = new ReservedPort();
    final ReservedPort receiverTls = new ReservedPort();
    final ReservedPort s3 = new ReservedPort();
    final Path folder;
    private final Path log;
    private final Map<String, String> environment = new HashMap<>();

    @Nullable
    private Process up;

    /** One with these variables for all of its commands. */
    Checkout(Path folder, Map<String, String> environment) throws IOException {
        this.folder = folder;
        log = folder.resolve("up.log");
        this.environment.put("JAVA_HOME", System.getProperty("java.home"));
        this.environment.put("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        this.environment.put("QUARKUS_HTTP_PORT", gateway.toString());
        this.environment.put("QUARKUS_HTTP_SSL_PORT", gatewayTls.toString());
        this.environment.put("RECEIVER_PORT", receiver.toString());
        this.environment.put("RECEIVER_SSL_PORT", receiverTls.toString());
        this.environment.put("IMAGE_FUNCTIONS_S3_PORT", s3.toString());
        this.environment.putAll(environment);
        for (String linked : List.of("samples", "functions")) {
            Files.createSymbolicLink(folder.resolve(linked), ROOT.resolve(linked));
        }
        Files.writeString(folder.resolve("run"), """
                #!/usr/bin/env bash
                set -euo pipefail
                source %1$s/tools/run/java.sh
                source %1$s/tools/run/services.sh
                source %1$s/tools/run/up.sh
                GATEWAY_JAR=%1$s/$GATEWAY_JAR RECEIVER_JAR=%1$s/$RECEIVER_JAR
                COMMAND=./run SAMPLES=samples
                use_jdk
                up
                """.formatted(ROOT));
        Files.setPosixFilePermissions(folder.resolve("run"), PosixFilePermissions.fromString("rwx------"));
    }

    private String atOwnPorts(String commands) {
        String own = commands;
        for (var port : Map.of("8080", gateway, "8443", gatewayTls, "5000", receiver, "5443", receiverTls, "9000", s3)
                .entrySet()) {
            own = own.replaceAll("(127[.]0[.]0[.]1|localhost):" + port.getKey() + "\\b", "$1:" + port.getValue());
        }
        return own;
    }

    private ProcessBuilder bash(String commands, Path output) {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "set -e\n" + atOwnPorts(commands))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().putAll(environment);
        return bash;
    }

    /** Runs commands, of which none may fail, nor be answered with an error, and gives their output. */
    String run(String commands) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "commands", ".log");
        Process run = bash("curl() { command curl -sS --fail-with-body --max-time 60 \"$@\"; }\n" + commands, output)
                .start();
        if (!run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            run.destroyForcibly();
        }
        assertThat(run.waitFor()).as(commands + Files.readString(output)).isZero();
        return Files.readString(output);
    }

    /** Runs commands with {@code ./run up} among them, and waits until all is up. */
    void up(String commands) throws IOException {
        ProcessBuilder bash = bash(commands.replace("./run up", "exec ./run up"), log);
        bash.environment().put("JDK_JAVA_OPTIONS", String.join(" ", ApplicationProcess.QUICK));
        Process started = bash.start();
        up = started;
        await().atMost(PATIENCE)
                .until(this::log, printed -> !started.isAlive() || printed.contains("Ctrl-C stops it."));
        assertThat(started.isAlive()).as(log()).isTrue();
    }

    /** What {@code ./run up} has printed. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws IOException {
        try {
            if (up != null) {
                stop(up);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (ReservedPort port : List.of(gateway, gatewayTls, receiver, receiverTls, s3)) {
                port.close();
            }
        }
    }

    /** Ends what the commands have started beside it, too. */
    private static void stop(Process up) throws InterruptedException {
        List<ProcessHandle> started = up.descendants().toList();
        up.destroy();
        if (!up.waitFor(30, TimeUnit.SECONDS)) {
            up.destroyForcibly().waitFor();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
