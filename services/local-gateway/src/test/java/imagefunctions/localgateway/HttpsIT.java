package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./run up} with certificates, by the commands of docs/operating.md. */
final class HttpsIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @AutoClose
    private final ReservedPort plain = new ReservedPort();

    @AutoClose
    private final ReservedPort tls = new ReservedPort();

    @AutoClose
    private final ReservedPort receiver = new ReservedPort();

    @AutoClose
    private final ReservedPort receiverTls = new ReservedPort();

    private final Path folder;

    HttpsIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createSymbolicLink(folder.resolve("samples"), ROOT.resolve("samples"));
        // As ./run, without the build.
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

    private Process bash(String commands, Path log) throws IOException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "set -e\n" + commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        bash.environment().put("JAVA_HOME", System.getProperty("java.home"));
        bash.environment().merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
        bash.environment().put("QUARKUS_HTTP_PORT", plain.toString());
        bash.environment().put("QUARKUS_HTTP_SSL_PORT", tls.toString());
        bash.environment().put("RECEIVER_PORT", receiver.toString());
        bash.environment().put("RECEIVER_SSL_PORT", receiverTls.toString());
        bash.environment().put("IMAGE_FUNCTIONS_BUCKETS", "false");
        return bash.start();
    }

    private static List<String> recipes() throws IOException {
        return OperatingPage.blocks("HTTPS", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void bothServicesSpeakHttpsBesideHttp(int certificate) throws Exception {
        Path log = folder.resolve("log");
        Process up = bash(recipes().get(certificate).replace("./run up", "exec ./run up"), log);
        try {
            awaitUp(up, log);
            assertThat(Files.readString(log))
                    .contains("image-functions is up: https://127.0.0.1:" + tls
                            + "; callbacks arrive at https://127.0.0.1:" + receiverTls)
                    .contains("curl https://127.0.0.1:" + tls + "/function/thumbnail")
                    .contains("X-Callback-Url: http://127.0.0.1:" + receiver + "/messages/draft.jpg");
            Path calls = folder.resolve("calls");
            Process called = bash(
                    recipes().get(2).replace("8443", tls.toString()).replace("5443", receiverTls.toString()), calls);
            assertThat(called.waitFor()).as(Files.readString(calls)).isZero();
            assertThat(Files.readString(calls)).contains("\"messages\":[]");
            assertThat(Files.size(folder.resolve("draft.jpg"))).isGreaterThan(1000);
            assertThat(Curl.of("-k", "https://127.0.0.1:" + tls + "/function/draft")
                            .output())
                    .contains("curl --data-binary @photo.jpg https://127.0.0.1:" + tls + "/function/draft");
            assertThat(Curl.of("https://127.0.0.1:" + tls + "/healthz").output())
                    .as("whoever does not trust the certificate is not served")
                    .contains("certificate");
        } finally {
            stop(up);
        }
    }

    @Test
    void withoutPlainHttpTheGatewayCallsItselfOverHttps() throws Exception {
        Path log = folder.resolve("log");
        String commands =
                recipes().getFirst().replace("./run up", "") + recipes().get(3);
        Process up = bash(commands.replace("disabled ./run up", "disabled exec ./run up"), log);
        try {
            awaitUp(up, log);
            assertThat(Curl.of("http://127.0.0.1:" + plain + "/healthz").exit()).isNotZero();
            assertThat(Curl.of(
                                    "-k",
                                    "--data-binary",
                                    "@" + ROOT + "/samples/seeding.jpg",
                                    "-o",
                                    folder.resolve("chained.jpg").toString(),
                                    "-w",
                                    "%{http_code}",
                                    "https://localhost:" + tls + "/function/chaining")
                            .output())
                    .isEqualTo("200");
        } finally {
            stop(up);
        }
    }

    private static void awaitUp(Process up, Path log) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !up.isAlive() || Files.readString(log).contains("Ctrl-C stops it."));
        assertThat(up.isAlive()).isTrue();
    }

    private static void stop(Process up) throws InterruptedException {
        List<ProcessHandle> children = up.descendants().toList();
        up.destroy();
        if (!up.waitFor(30, TimeUnit.SECONDS)) {
            children.forEach(ProcessHandle::destroyForcibly);
            up.destroyForcibly().waitFor();
        }
    }
}
