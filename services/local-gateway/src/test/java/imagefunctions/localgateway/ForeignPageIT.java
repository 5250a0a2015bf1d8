package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.testservers.ApplicationProcess;
import imagefunctions.testservers.Browser;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site, in a real browser on this machine, can do with what {@code ./run up} starts. */
final class ForeignPageIT {
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIf(
            value = "chromiumIsThere",
            disabledReason = "No Chromium on the PATH, foreign pages are not tried: apt-get install chromium")
    private @interface InChromium {}

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static @Nullable HttpServer site;
    private static @Nullable Browser shared;
    private static @Nullable LocalGatewayProcess gateway;
    private static @Nullable ReceiverProcess receiver;

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
                "http://allowed.test:" + site.getAddress().getPort(),
                "minio_access_key",
                "tester",
                "minio_secret_key",
                "tester-secret"));
        Optional<Path> chromium = Browser.find();
        if (chromium.isPresent()) {
            shared = Browser.start(
                    chromium.get(),
                    folder,
                    "--host-resolver-rules=MAP *.test 127.0.0.1",
                    "--disable-features=LocalNetworkAccessChecks");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (shared != null) {
            shared.close();
        }
        Objects.requireNonNull(gateway).close();
        Objects.requireNonNull(receiver).close();
        if (site != null) {
            site.stop(0);
        }
    }

    @BeforeEach
    void newPage(TestInfo test) throws Exception {
        if (test.getTestMethod().orElseThrow().isAnnotationPresent(InChromium.class)) {
            browser().newPage();
        }
    }

    private static Browser browser() {
        return Objects.requireNonNull(shared);
    }

    private static ApplicationProcess service(String name) {
        return Objects.requireNonNull(name.equals("gateway") ? gateway : receiver);
    }

    private void open(String origin) throws Exception {
        browser().open(URI.create(origin));
        await().atMost(Duration.ofSeconds(30)).until(() -> browser()
                .evaluate("document.readyState + location.origin")
                .asText()
                .equals("complete" + origin));
    }

    private void openSite(String host) throws Exception {
        open("http://" + host + ":" + Objects.requireNonNull(site).getAddress().getPort());
    }

    /** What fetch resolves to, or the name of its error. */
    private String fetch(URI uri, String options) throws Exception {
        return browser()
                .evaluate("fetch('" + uri + "', " + options + ")"
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

    private static int messages() throws Exception {
        return json("receiver", "/messages").path("count").asInt();
    }

    private static int invocations() throws Exception {
        return json("gateway", "/system/function/bw").path("invocationCount").asInt();
    }

    /** What browsers say of such a page, and programs do not: of itself, each is enough. */
    @ParameterizedTest
    @CsvSource({
        "gateway,  POST,   /function/bw,            415",
        "gateway,  PUT,    /function/bw,            415",
        "gateway,  DELETE, /async-function/waiting, 404",
        "receiver, POST,   /messages/planted,       201",
        "receiver, PUT,    /messages/planted,       405",
        "receiver, DELETE, /messages/x?call=nosuch, 404",
        "s3,       POST,   /incoming/x.jpg?uploads=, 200",
        "s3,       PUT,    /incoming/x.jpg,         200",
        "s3,       DELETE, /incoming/x.jpg,         204",
    })
    void whatAnotherSitesPageSendsIsRefusedWhateverItsVerb(String service, String method, String path, String otherwise)
            throws Exception {
        URI uri = service.equals("s3")
                ? URI.create(s3() + path)
                : service(service).at(path);
        for (List<String> headers : List.of(
                List.of("Origin: http://another.test"),
                List.of("Origin: null"),
                List.of("Sec-Fetch-Site: cross-site"),
                List.of("Sec-Fetch-Site: same-site"),
                List.of("Sec-Fetch-Site: cross-site", "Origin: http://" + uri.getAuthority()))) {
            assertThat(send(method, uri, headers))
                    .as(headers.toString())
                    .contains("IMAGE_FUNCTIONS_ALLOWED_ORIGINS")
                    .endsWith("403");
        }

        for (String header : List.of("Sec-Fetch-Site: none", "Origin: http://" + uri.getAuthority())) {
            assertThat(send(method, uri, List.of(header))).as(header).endsWith(otherwise);
        }
    }

    /** By one who has the keys of the store: what is answered, and the status. */
    private static String send(String method, URI uri, List<String> headers) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-X", method, "-d", "x", "-w", "%{http_code}"));
        arguments.addAll(List.of("--aws-sigv4", "aws:amz:us-east-1:s3", "-u", "tester:tester-secret"));
        arguments.addAll(List.of("-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "-H", "Content-Type: image/jpeg"));
        headers.forEach(header -> arguments.addAll(List.of("-H", header)));
        arguments.add(uri.toString());
        return Curl.of(arguments.toArray(String[]::new)).output();
    }

    private static String s3() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> json("gateway", "/system/buckets")
                .path("state")
                .asText()
                .equals("on"));
        return json("gateway", "/system/buckets").path("endpoint").asText();
    }

    @InChromium
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "another.test"})
    void aPageOfAnotherOriginMakesNoCall(String host) throws Exception {
        openSite(host);
        int before = invocations();
        int messages = messages();

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
        assertThat(json("gateway", "/system/async").findValuesAsText("function"))
                .doesNotContain("bw");
        assertThat(messages()).isEqualTo(messages);
    }

    @InChromium
    @Test
    void aPageOfAnotherOriginReadsNothing() throws Exception {
        openSite("another.test");

        assertThat(fetch(service("gateway").at("/system/functions"), "{}")).isEqualTo("TypeError");
        assertThat(fetch(service("gateway").at("/system/functions"), "{mode: 'no-cors'}"))
                .isEqualTo("TypeError");
        assertThat(fetch(service("receiver").at("/messages"), "{mode: 'no-cors'}"))
                .isEqualTo("TypeError");
        browser()
                .evaluate("document.body.append(Object.assign(document.createElement('iframe'), {src: '"
                        + service("gateway").at("/ui/") + "', onload: e => document.title = 'loaded'}))");
        await().until(() -> browser().events.toString().contains("frame-ancestors"));
    }

    @InChromium
    @Test
    void aNameThatWasMadeToLeadHereIsNotAnswered() throws Exception {
        for (String service : new String[] {"gateway", "receiver"}) {
            int port = service(service).at("/").getPort();
            open("http://rebound.test:" + port);
            assertThat(browser().evaluate("document.body.innerText").asText())
                    .contains("421", "IMAGE_FUNCTIONS_ALLOWED_HOSTS");
        }
        URI s3 = URI.create(s3());
        open("http://rebound.test:" + s3.getPort());
        assertThat(browser().evaluate("document.documentElement.textContent").asText())
                .contains("AccessDenied", "IMAGE_FUNCTIONS_ALLOWED_HOSTS");
    }

    @InChromium
    @Test
    void thePageOfTheGatewayItselfCallsFunctions() throws Exception {
        for (String host : new String[] {"127.0.0.1", "localhost"}) {
            open("http://" + host + ":" + service("gateway").at("/").getPort());
            assertThat(browser().evaluate("location.pathname").asText()).isEqualTo("/ui/");
            assertThat(fetch(URI.create("/function/draft"), "{method: 'POST', body: 'x'}"))
                    .startsWith("basic 415");
            await().until(() -> browser()
                            .evaluate("document.querySelectorAll('.card').length")
                            .asInt()
                    > 3);
        }
    }

    @InChromium
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
