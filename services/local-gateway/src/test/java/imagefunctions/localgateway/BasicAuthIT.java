package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged gateway that asks for a password, and real curl and faas-cli. */
final class BasicAuthIT {
    @TempDir
    private static Path folder = Path.of("");

    private static LocalGatewayProcess gateway;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve("basic-auth-user"), "admin\n");
        Files.writeString(folder.resolve("basic-auth-password"), "s3:cret\n");
        gateway = LocalGatewayProcess.start(
                Map.of("basic_auth", "true", "secret_mount_path", folder.toString(), "QUARKUS_HTTP_HOST", "0.0.0.0"));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    private static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String curl(String path, String... arguments) throws Exception {
        return run(
                Map.of(),
                Stream.concat(Stream.of("curl", "-sS", "-i", gateway.at(path).toString()), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    private static String status(String path, String... arguments) throws Exception {
        return curl(path, arguments).split(" ", 3)[1];
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /system/functions, 200",
        "GET, /system/async, 200",
        "GET, /system/runs, 200",
        "GET, /system/rules, 200",
        "GET, /system/logs?name=bw, 200",
        "POST, /system/rules/nosuch, 404",
        "POST, /system/async/nosuch/requeue, 404",
        "DELETE, /async-function/nosuch, 404",
        "GET, /ui/, 200",
        "GET, /ui, 302",
        "GET, /ui/index.html, 200",
    })
    void theSystemAndThePageAskForThePassword(String method, String path, String status) throws Exception {
        for (String[] wrong : List.of(
                new String[0],
                new String[] {"-u", "admin:wrong"},
                new String[] {"-u", "admin:"},
                new String[] {"-H", "Authorization: Basic ???"},
                new String[] {"-H", "Authorization: Bearer s3:cret"})) {
            assertThat(status(path, with(wrong, "-X", method))).as(path).isEqualTo("401");
        }
        assertThat(status(path, "-u", "admin:s3:cret", "-X", method)).isEqualTo(status);
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//system/functions",
                "/system//functions",
                "/x/../system/functions",
                "/%73ystem/functions",
                "/system/functions/",
                "/system/functions;x",
                "/System/functions",
            })
    void noSpellingOfThePathGetsAroundIt(String path) throws Exception {
        assertThat(curl(path, "--path-as-is")).doesNotContain("thumbnail");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        assertThat(curl("/system/functions"))
                .containsIgnoringCase("www-authenticate: Basic realm=\"Restricted\"")
                .contains("faas-cli login", "application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/function/bw", "/healthz", "/metrics"})
    void functionsAndProbesAreOpen(String path) throws Exception {
        assertThat(status(path)).isEqualTo("200");
    }

    @Test
    void aGatewayThatAsksHasNothingToWarnOf() throws Exception {
        assertThat(status("/async-function/bw", "-d", "x")).isEqualTo("202");
        assertThat(gateway.log()).doesNotContain("no password is asked for");
    }

    @Test
    void faasCliLogsIn() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "faas-cli"))),
                "faas-cli is not on the PATH");
        String url = gateway.at("").toString();
        Map<String, String> home = Map.of("HOME", folder.toString());

        assertThat(run(home, "faas-cli", "list", "--gateway", url)).containsIgnoringCase("unauthorized");
        assertThat(run(home, "faas-cli", "login", "--gateway", url, "-u", "admin", "-p", "wrong"))
                .contains("unable to login");
        assertThat(run(home, "faas-cli", "login", "--gateway", url, "-u", "admin", "-p", "s3:cret"))
                .contains("credentials saved");
        assertThat(run(home, "faas-cli", "list", "--gateway", url)).contains("thumbnail");
    }
}
