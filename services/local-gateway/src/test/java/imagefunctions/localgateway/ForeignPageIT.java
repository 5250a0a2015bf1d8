package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.testservers.ApplicationProcess;
import imagefunctions.testservers.Browser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site, in a real browser on this machine, can do with what {@code ./run up} starts. */
@EnabledIf(
        value = "chromiumIsThere",
        disabledReason = "No Chromium on the PATH, foreign pages are not tried: apt-get install chromium")
final class ForeignPageIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static @Nullable HttpServer site;
    private static @Nullable Browser shared;
    private static @Nullable LocalGatewayProcess gateway;
    private static @Nullable ReceiverProcess receiver;

    private final Browser browser = Objects.requireNonNull(shared);

    static boolean chromiumIsThere() {
        return Browser.find().isPresent();
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            byte[] page = "<title>another site</title>".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        site.start();
        receiver = ReceiverProcess.start(folder.resolve("messages"));
        gateway = LocalGatewayProcess.start(Map.of(
                "IMAGE_FUNCTIONS_S3_FOLDER",
                folder.resolve("s3").toString(),
                "IMAGE_FUNCTIONS_ALLOWED_ORIGINS",
                "http://allowed.test:" + site.getAddress().getPort()));
        shared = Browser.start(
                Browser.find().orElseThrow(),
                folder,
                "--host-resolver-rules=MAP *.test 127.0.0.1",
                "--disable-features=LocalNetworkAccessChecks");
    }

    @AfterAll
    static void stop() throws Exception {
        if (shared != null) {
            shared.close();
            Objects.requireNonNull(gateway).close();
            Objects.requireNonNull(receiver).close();
        }
        if (site != null) {
            site.stop(0);
        }
    }

    @BeforeEach
    void newPage() throws Exception {
        browser.newPage();
    }

    private static ApplicationProcess service(String name) {
        return Objects.requireNonNull(name.equals("gateway") ? gateway : receiver);
    }

    private void open(String origin) throws Exception {
        browser.open(URI.create(origin));
        await().atMost(Duration.ofSeconds(30)).until(() -> browser.evaluate("document.readyState + location.origin")
                .asText()
                .equals("complete" + origin));
    }

    private void openSite(String host) throws Exception {
        open("http://" + host + ":" + Objects.requireNonNull(site).getAddress().getPort());
    }

    /** What fetch resolves to, or the name of its error. */
    private String fetch(URI uri, String options) throws Exception {
        return browser.evaluate("fetch('" + uri + "', " + options + ")"
                        + ".then(async r => r.type + ' ' + r.status + ' ' + r.headers.get('X-Call-Id'), e => e.name)")
                .asText();
    }

    private static JsonNode json(String service, String path) throws Exception {
        return new ObjectMapper()
                .readTree(CLIENT.send(
                                HttpRequest.newBuilder(service(service).at(path))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private static int invocations() throws Exception {
        return json("gateway", "/system/function/bw").path("invocationCount").asInt();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "another.test"})
    void aPageOfAnotherOriginMakesNoCall(String host) throws Exception {
        openSite(host);
        int before = invocations();

        String post = "{method: 'POST', mode: 'no-cors', body: 'x'}";
        for (URI uri : List.of(
                service("gateway").at("/function/bw"),
                service("gateway").at("/async-function/bw"),
                service("receiver").at("/messages/planted"))) {
            assertThat(fetch(uri, post)).isEqualTo("TypeError");
            HttpResponse<String> refused = CLIENT.send(
                    HttpRequest.newBuilder(uri)
                            .POST(BodyPublishers.ofString("x"))
                            .header("Origin", "http://" + host)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("IMAGE_FUNCTIONS_ALLOWED_ORIGINS", "callId");
        }

        assertThat(invocations()).isEqualTo(before);
        assertThat(json("gateway", "/system/async").path("calls")).isEmpty();
        assertThat(json("receiver", "/messages").path("count").asInt()).isZero();
    }

    @Test
    void aPageOfAnotherOriginReadsNothing() throws Exception {
        openSite("another.test");

        assertThat(fetch(service("gateway").at("/system/functions"), "{}")).isEqualTo("TypeError");
        assertThat(fetch(service("gateway").at("/system/functions"), "{mode: 'no-cors'}"))
                .isEqualTo("TypeError");
        assertThat(fetch(service("receiver").at("/messages"), "{mode: 'no-cors'}"))
                .isEqualTo("TypeError");
        browser.evaluate("document.body.append(Object.assign(document.createElement('iframe'), {src: '"
                + service("gateway").at("/ui/") + "', onload: e => document.title = 'loaded'}))");
        await().until(() -> browser.events.toString().contains("frame-ancestors"));
    }

    @Test
    void aNameThatWasMadeToLeadHereIsNotAnswered() throws Exception {
        for (String service : new String[] {"gateway", "receiver"}) {
            int port = service(service).at("/").getPort();
            open("http://rebound.test:" + port);
            assertThat(browser.evaluate("document.body.innerText").asText())
                    .contains("421", "IMAGE_FUNCTIONS_ALLOWED_HOSTS");
        }
        URI s3 = URI.create(json("gateway", "/system/buckets").path("endpoint").asText());
        open("http://rebound.test:" + s3.getPort());
        assertThat(browser.evaluate("document.documentElement.textContent").asText())
                .contains("AccessDenied", "IMAGE_FUNCTIONS_ALLOWED_HOSTS");
    }

    @Test
    void thePageOfTheGatewayItselfCallsFunctions() throws Exception {
        for (String host : new String[] {"127.0.0.1", "localhost"}) {
            open("http://" + host + ":" + service("gateway").at("/").getPort());
            assertThat(browser.evaluate("location.pathname").asText()).isEqualTo("/ui/");
            assertThat(fetch(URI.create("/function/draft"), "{method: 'POST', body: 'x'}"))
                    .startsWith("basic 415");
            await().until(() -> browser.evaluate("document.querySelectorAll('.card').length")
                            .asInt()
                    > 3);
        }
    }

    @Test
    void anOriginThatIsAllowedCallsAndReads() throws Exception {
        openSite("allowed.test");

        assertThat(fetch(
                        service("gateway").at("/function/draft"),
                        "{method: 'POST', body: 'x', headers: {'X-Call-Id': 'from-a-page'}}"))
                .isEqualTo("cors 415 from-a-page");
        assertThat(fetch(service("gateway").at("/system/functions"), "{}")).startsWith("cors 200");
        HttpResponse<String> other = CLIENT.send(
                HttpRequest.newBuilder(service("gateway").at("/system/functions"))
                        .header("Origin", "http://another.test")
                        .build(),
                BodyHandlers.ofString());
        assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
}
