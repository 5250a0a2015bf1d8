package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and receivers of asynchronous calls see. */
final class AsyncRouteIT {
    private static final Path FIXTURES = Path.of("../../samples/fixtures");

    private static LocalGatewayProcess gateway;
    private static CallbackServer receiver;
    private static AsyncClient client;
    private static byte[] photo;

    @BeforeAll
    static void start() throws Exception {
        photo = Files.readAllBytes(FIXTURES.resolve("640x480.jpg"));
        receiver = CallbackServer.start();
        gateway = LocalGatewayProcess.start(Map.of(
                "IMAGE_FUNCTIONS_CALLBACK_SECRET",
                "s3cret",
                "IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS",
                "3",
                "IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT",
                "20ms"));
        client = new AsyncClient(gateway.at("/"));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        receiver.close();
    }

    private static String accepted(String target, byte[] body, String... headers) throws Exception {
        HttpResponse<String> answer = client.call(target, body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("X-Call-Id").orElseThrow();
    }

    private static void until(String callId, String state) {
        await().until(() -> client.state(callId).equals(state));
    }

    @Test
    void aCallIsAnsweredWithAnEmpty202AndItsCallId() throws Exception {
        HttpResponse<String> answer = client.call("draft", photo, "X-Call-Id", "my-own:1");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("0");
        assertThat(answer.headers().allValues("X-Call-Id")).containsExactly("my-own:1");
        assertThat(accepted("draft", photo)).hasSize(36);
        assertThat(accepted("draft", photo, "X-Call-Id", "../etc/passwd")).hasSize(36);
    }

    @Test
    void theResultIsCalledBackAsOpenFaasCallsBack() throws Exception {
        Instant before = Instant.now();
        String id = accepted(
                "thumbnail/any/path?width=50",
                photo,
                "X-Callback-Url",
                receiver.url("/200"),
                "X-Call-Id",
                "headers",
                "X-Other",
                "stays here");
        until(id, "delivered");

        String direct = client.function("thumbnail?width=50", photo);
        assertThat(receiver.of(id)).singleElement().satisfies(delivery -> {
            assertThat(delivery.headers())
                    .containsOnlyKeys(
                            "accept-encoding",
                            "connection",
                            "content-length",
                            "content-type",
                            "host",
                            "traceparent",
                            "user-agent",
                            "x-call-id",
                            "x-duration-seconds",
                            "x-function-name",
                            "x-function-status",
                            "x-signature-256",
                            "x-start-time");
            assertThat(delivery.body()).isEqualTo(direct);
            assertThat(delivery.header("content-length")).isEqualTo(Integer.toString(direct.length()));
            assertThat(delivery.header("content-type")).isEqualTo("image/jpeg");
            assertThat(delivery.header("x-call-id")).isEqualTo("headers");
            assertThat(delivery.header("x-function-name")).isEqualTo("thumbnail");
            assertThat(delivery.header("x-function-status")).isEqualTo("200");
            assertThat(delivery.header("x-duration-seconds")).matches("\\d+\\.\\d{6}");
            assertThat(Instant.ofEpochSecond(0, Long.parseLong(delivery.header("x-start-time"))))
                    .isBetween(before, Instant.now());
            assertThat(delivery.header("x-signature-256"))
                    .isEqualTo("sha256=" + hmac("headers\n200\n" + delivery.body()));
        });
    }

    private static String hmac(String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(message.getBytes(ISO_8859_1)));
    }

    @Test
    void curlWithoutAContentTypeIsTakenIn() throws Exception {
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sSi",
                        "--data-binary",
                        "@" + FIXTURES.resolve("640x480.jpg"),
                        "-H",
                        "X-Call-Id: curl",
                        "-H",
                        "X-Callback-Url: " + receiver.url("/200"),
                        gateway.at("/async-function/draft").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8))
                .startsWith("HTTP/1.1 202 Accepted")
                .containsIgnoringCase("x-call-id: curl");
        until("curl", "delivered");
        assertThat(receiver.of("curl").getFirst().header("x-function-status")).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({
        "draft,              garbage.bin, 415",
        "bw?quality=0,       640x480.jpg, 400",
        "thumbnail,          huge.jpg,    413",
        "transpose?method=x, 640x480.jpg, 400"
    })
    void anErrorOfTheFunctionIsCalledBackToo(String target, String fixture, int status) throws Exception {
        byte[] body = Files.readAllBytes(FIXTURES.resolve(fixture));
        String id = accepted(target, body, "X-Callback-Url", receiver.url("/200"));
        until(id, "delivered");

        assertThat(receiver.of(id)).singleElement().satisfies(delivery -> {
            assertThat(delivery.header("x-function-status")).isEqualTo(Integer.toString(status));
            assertThat(delivery.header("content-type")).isEqualTo("application/problem+json");
            assertThat(delivery.body()).contains("\"status\" : " + status, id);
        });
        assertThat(client.describe(id).path("functionStatus").asInt()).isEqualTo(status);
        assertThat(client.describe(id).path("functionAttempts").asInt()).isEqualTo(1);
    }

    @Test
    void withoutACallbackUrlASuccessIsTheEndAndAnErrorADeadLetter() throws Exception {
        String fine = accepted("draft", photo);
        until(fine, "delivered");
        assertThat(client.describe(fine).path("callbackAttempts").asInt()).isZero();

        String failed = accepted("draft", "no picture".getBytes(UTF_8));
        until(failed, "dead");
        assertThat(client.describe(failed).path("reason").asText())
                .startsWith("The function answered 415. The bytes that were sent are not an image");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a url",
                "ftp://127.0.0.1/draft.jpg",
                "file:///etc/passwd",
                "http://user:secret@127.0.0.1/draft.jpg",
                "http://169.254.169.254/latest/meta-data",
                "http://2852039166/latest/meta-data",
                "http://[::ffff:169.254.169.254]/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://224.0.0.1/",
                "http://0.0.0.0:5000/"
            })
    void aCallbackUrlThatMayNotBeCalledIsRefusedAtOnce(String url) throws Exception {
        HttpResponse<String> answer = client.call("draft", photo, "X-Callback-Url", url, "X-Call-Id", "refused");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("X-Callback-Url").doesNotContain("secret");
        assertThat(client.send("GET", "/system/async/refused").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"X-Max-Retries, 6, 0 to 5", "X-Max-Retries, -1, how many", "X-Expires, yesterday, RFC 3339"})
    void whatACallMayNotAskForIsRefusedAtOnce(String header, String value, String words) throws Exception {
        HttpResponse<String> answer = client.call("draft", photo, header, value, "X-Call-Id", "refused");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains(header, words);
        assertThat(client.send("GET", "/system/async/refused").statusCode()).isEqualTo(404);
    }

    @Test
    void aCallIsMadeWithinItsTermsAndFoundByItsFunctionsAnswer() throws Exception {
        String id = accepted(
                "draft",
                "no picture".getBytes(UTF_8),
                "X-Callback-Url",
                receiver.url("/200"),
                "X-Call-Id",
                "zz-found",
                "X-Max-Retries",
                "0",
                "X-Expires",
                "2h");
        until(id, "delivered");

        for (String status : List.of("415", "4xx", "5xx,415")) {
            String list = "/system/async?state=delivered&after=zy&functionStatus=" + status;
            assertThat(client.send("GET", list).body()).contains("\"callId\":\"zz-found\"");
        }
        assertThat(client.send("GET", "/system/async?after=zy&functionStatus=2xx,5xx")
                        .body())
                .isEqualTo("{\"calls\":[]}");
    }

    @Test
    void anUnknownFunctionIsRefusedAtOnce() throws Exception {
        HttpResponse<String> answer = client.call("nosuch", photo);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("nosuch", "draft");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /async-function/draft,          405, 'POST, DELETE'",
        "PUT,    /async-function/draft,          405, 'POST, DELETE'",
        "PATCH,  /async-function/draft,          405, 'POST, DELETE'",
        "HEAD,   /async-function/draft,          405, 'POST, DELETE'",
        "DELETE, /async-function/nosuch,         404, ",
        "GET,    /system/async/nosuch,           404, ",
        "POST,   /system/async/nosuch/requeue,   404, ",
        "POST,   /system/async,                  405, GET",
        "DELETE, /system/async/nosuch,           405, GET",
        "GET,    /system/async/nosuch/requeue,   405, POST",
        "GET,    /system/async?state=waiting,    400, ",
        "GET,    /system/async?limit=0,          400, ",
        "GET,    /system/async?limit=1001,       400, ",
        "GET,    /system/async?limit=ten,        400, ",
        "GET,    /system/async?functionStatus=6xx, 400, ",
        "GET,    /system/async?functionStatus=41,  400, ",
        "GET,    '/system/async?functionStatus=415,', 400, "
    })
    void whatCannotBeAnsweredSaysSo(String method, String path, int status, String allowed) throws Exception {
        HttpResponse<String> answer = client.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Allow").orElse(null)).isEqualTo(allowed);
    }

    @Test
    void aReceiverThatAnswers500TwiceGetsTheResultOfOneRun() throws Exception {
        String runs = "function_calls_seconds_count{function=\"bw\",status=\"200\"";
        double before = client.metric(runs);
        double attempts = client.metric("async_callback_attempts_total");
        String id = accepted("bw", photo, "X-Callback-Url", receiver.url("/500/500/200"));
        until(id, "delivered");

        assertThat(client.metric(runs)).isEqualTo(before + 1);
        assertThat(client.metric("async_callback_attempts_total")).isEqualTo(attempts + 3);
        assertThat(receiver.of(id)).hasSize(3);
        assertThat(receiver.of(id))
                .extracting(delivery -> delivery.header("x-start-time"))
                .containsOnly(receiver.of(id).getFirst().header("x-start-time"));
        assertThat(client.describe(id).path("callbackAttempts").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "/500/500/500/200, 3, The receiver answered 500. That was the last of 3 callbacks.",
        "/404/200,         1, The receiver answered 404.",
        "/302/200,         1, The receiver answered 302. Redirects are not followed."
    })
    void aResultThatCannotBeDeliveredIsKeptAndRequeuedWithoutAnotherRun(String answers, int attempts, String reason)
            throws Exception {
        double deaths = client.metric("async_deaths_total");
        String id = accepted("draft", photo, "X-Callback-Url", receiver.url(answers));
        until(id, "dead");
        JsonNode dead = client.describe(id);
        assertThat(dead.path("reason").asText()).isEqualTo(reason);
        assertThat(dead.path("callbackAttempts").asInt()).isEqualTo(attempts);
        assertThat(client.metric("async_deaths_total")).isEqualTo(deaths + 1);

        assertThat(client.send("POST", "/system/async/" + id + "/requeue").statusCode())
                .isEqualTo(202);
        until(id, "delivered");

        assertThat(client.describe(id).path("functionAttempts").asInt()).isEqualTo(1);
        assertThat(receiver.of(id).getLast().body())
                .isEqualTo(receiver.of(id).getFirst().body());
        assertThat(client.send("POST", "/system/async/" + id + "/requeue").statusCode())
                .isEqualTo(409);
    }

    @Test
    void everyFigureIsAMetric() throws Exception {
        until(accepted("draft", photo), "delivered");

        String metrics = client.send("GET", "/metrics").body();
        assertThat(metrics.lines().map(line -> line.split("[ {]", 2)[0]))
                .containsAll(List.of(
                        "async_calls_waiting",
                        "async_calls_running",
                        "async_results_undelivered",
                        "async_oldest_overdue_seconds",
                        "async_spool_bytes",
                        "async_dead_letters",
                        "async_function_attempts_total",
                        "async_callback_attempts_total",
                        "async_deliveries_total",
                        "async_deaths_total",
                        "async_dead_letters_dropped_total"));
        assertThat(client.metric("async_deliveries_total")).isPositive();
    }
}
