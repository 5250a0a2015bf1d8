package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.Browser;
import imagefunctions.testservers.ReservedPort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway and the receiver under paths of Debian's nginx, as docs/operating.md has it. */
@EnabledIf(value = "nginxIsThere", disabledReason = "nginx is not there: apt-get install --no-install-recommends nginx")
final class BehindNginxIT {
    private static @Nullable ReservedPort port;
    private static @Nullable LocalGatewayProcess gateway;
    private static @Nullable ReceiverProcess receiver;
    private static @Nullable Nginx nginx;

    static boolean nginxIsThere() {
        return Nginx.isThere();
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        port = new ReservedPort();
        receiver = ReceiverProcess.start(folder.resolve("messages"));
        gateway = LocalGatewayProcess.start(Map.of());
        nginx = new Nginx(
                folder,
                DocsPage.OPERATING
                        .blocks("nginx in front, under a path", "nginx")
                        .getFirst()
                        .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                        .replace("http://127.0.0.1:8080/", gateway.at("/").toString())
                        .replace("http://127.0.0.1:5000/", receiver.at("/").toString()));
        await().until(() -> Curl.of(at("/pictures/healthz")).exit() == 0);
    }

    @AfterAll
    static void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
            Objects.requireNonNull(gateway).close();
            Objects.requireNonNull(receiver).close();
            Objects.requireNonNull(port).close();
        }
    }

    private static String at(String path) {
        return "http://localhost:" + port + path;
    }

    @ParameterizedTest
    @CsvSource({
        "/pictures,          /pictures/ui/",
        "/pictures/,         /pictures/ui/",
        "/pictures/ui,       /pictures/ui/",
        "/pictures/ui/,      /pictures/ui/",
        "/messages,          /messages/",
        "/messages/messages, /messages/messages"
    })
    void whoFollowsRedirectsStaysUnderThePath(String asked, String reached) throws Exception {
        assertThat(Curl.of("-L", "--output", "/dev/null", "--write-out", "%{http_code} %{url_effective}", at(asked))
                        .output())
                .isEqualTo("200 " + at(reached));
    }

    @Test
    void linksInAnswersLeadThroughThePath() throws Exception {
        assertThat(Curl.of(at("/pictures/function/draft")).output()).contains(at("/pictures/function/draft"));
        for (String name : new String[] {"first.txt", "second.txt"}) {
            assertThat(Curl.of("-i", "-d", name, at("/messages/messages/" + name))
                            .output())
                    .contains("Location: /messages/messages/" + name + "?call=");
        }
        String list = Curl.of(at("/messages/messages?limit=1")).output();
        assertThat(list).contains("\"url\":\"/messages/messages/second.txt?call=");
        String next = list.replaceFirst("(?s).*\"next\":\"([^\"]*)\".*", "$1");
        assertThat(Curl.of(at(next)).output()).contains("first.txt");
    }

    @Test
    void aPhotoGoesThrough(@TempDir Path folder) throws Exception {
        Path result = folder.resolve("draft.jpg");
        String photo = "@" + Path.of("../../samples/seeding.jpg");

        assertThat(Curl.of("--fail", "--data-binary", photo, "-o", result.toString(), at("/pictures/function/draft"))
                        .exit())
                .isZero();
        assertThat(Files.size(result)).isGreaterThan(1000);
    }

    @ParameterizedTest
    @CsvSource({"//evil.example", "/a/../b", "javascript:alert(1)", "/a?b", "/a b", "a"})
    void aPrefixThatIsNoPlainPathIsLeftOut(String prefix) throws Exception {
        Curl.of("-d", "text", receiver().at("/messages/third.txt").toString());

        assertThat(Curl.of(
                                "-H",
                                "X-Forwarded-Prefix: " + prefix,
                                receiver().at("/messages?limit=1").toString())
                        .output())
                .contains("\"url\":\"/messages/third.txt");
    }

    private static ReceiverProcess receiver() {
        return Objects.requireNonNull(receiver);
    }

    static boolean chromiumIsThereToo() {
        return Browser.find().isPresent();
    }

    @Test
    @EnabledIf(value = "chromiumIsThereToo", disabledReason = "No Chromium on the PATH: apt-get install chromium")
    void bothPagesWork(@TempDir Path folder) throws Exception {
        try (Browser browser = Browser.start(Browser.find().orElseThrow(), folder)) {
            browser.newPage();
            browser.open(URI.create(at("/pictures/ui/")));
            untilShown(browser, "document.body?.innerText.includes('thumbnail')");

            browser.open(URI.create(at("/messages/")));
            untilShown(browser, "document.getElementById('live')?.className === 'on'");
            Curl.of("-d", "hello", at("/messages/messages/hello.txt"));
            untilShown(browser, "[...document.querySelectorAll('.view pre')].some(text => text.innerText === 'hello')");

            assertThat(browser.events)
                    .filteredOn(event -> event.path("method").asText().equals("Network.responseReceived"))
                    .extracting(event ->
                            event.path("params").path("response").path("status").asInt())
                    .isNotEmpty()
                    .allMatch(status -> status == 200);
        }
    }

    private static void untilShown(Browser browser, String expression) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> browser.evaluate(expression).asBoolean());
    }
}
