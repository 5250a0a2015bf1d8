package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import imagefunctions.testservers.Browser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of samples/clients, by the commands of docs/operating.md. */
final class ClientsIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static @Nullable HttpServer site;
    private static @Nullable LocalGatewayProcess gateway;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() throws Exception {
        site = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ROOT.resolve("samples/clients"),
                SimpleFileServer.OutputLevel.NONE);
        site.start();
        gateway = LocalGatewayProcess.start(Map.of(
                "IMAGE_FUNCTIONS_ALLOWED_ORIGINS",
                "http://localhost:" + site.getAddress().getPort()));
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(site).stop(0);
        Objects.requireNonNull(gateway).close();
    }

    private static String gateway() throws Exception {
        return Objects.requireNonNull(gateway).at("").toString();
    }

    private Curl run(String command) throws Exception {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        bash.environment().merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
        Process process = bash.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Curl(process.waitFor(), output);
    }

    private static String command(String program) throws Exception {
        return DocsPage.OPERATING
                .blocks("Programs that call", "")
                .getFirst()
                .lines()
                .filter(line -> line.startsWith(program))
                .findFirst()
                .orElseThrow()
                .replace("http://127.0.0.1:8080", gateway())
                .replace("samples/", ROOT + "/samples/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3", "java"})
    void aProgramGetsAPictureOrSaysWhatToDo(String program) throws Exception {
        assertThat(run(command(program))).isEqualTo(new Curl(0, ""));
        assertThat(ImageIO.read(folder.resolve("small.jpg").toFile()).getWidth())
                .isEqualTo(320);

        Curl refused = run(command(program).replace("width=320", "width=wide"));
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("width").contains("wide");
        assertThat(run(command(program).replaceFirst(" \\S+$", "")).output()).contains("URL PHOTO RESULT");
    }

    static boolean chromiumIsThere() {
        return Browser.find().isPresent();
    }

    @Test
    @EnabledIf(value = "chromiumIsThere", disabledReason = "No Chromium on the PATH: apt-get install chromium")
    void aPageOfAnotherSiteShowsAPicture() throws Exception {
        String photo = Arrays.toString(Files.readAllBytes(ROOT.resolve("docs/pictures/seeding.jpg")));
        try (Browser browser = Browser.start(Browser.find().orElseThrow(), folder)) {
            browser.newPage();
            browser.open(URI.create("http://localhost:"
                    + Objects.requireNonNull(site).getAddress().getPort() + "/page.html?gateway=" + gateway()));
            untilShown(browser, "document.getElementById('photo') !== null");
            for (String body : List.of(photo, "[1, 2, 3]")) {
                browser.evaluate("files = new DataTransfer(); files.items.add(new File([new Uint8Array(" + body
                        + ")], 'photo.jpg'));" + "photo.files = files.files; photo.dispatchEvent(new Event('change'))");
                untilShown(
                        browser,
                        body.equals(photo)
                                ? "document.getElementById('result').naturalWidth === 320"
                                : "/image.*\\(call [0-9a-f-]+\\)/.test(document.getElementById('said').textContent)");
            }
        }
    }

    private static void untilShown(Browser browser, String expression) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> browser.evaluate(expression).asBoolean());
    }
}
