package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway with functions of its own, one that runs beside it, one of another process of its kind, and those of an
 * OpenFaaS gateway that asks for a password.
 */
@Timeout(120)
final class MixedBackendsIT {
    private static final Path PHOTO = Path.of("../../samples/fixtures/photo.jpg");
    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("admin:geheim".getBytes(UTF_8));
    private static final String OPENFAAS_LIST = """
            [{"name": "figlet", "image": "ghcr.io/openfaas/figlet:latest", "namespace": "openfaas-fn",
              "invocationCount": 4711, "replicas": 3, "availableReplicas": 2, "labels": {"a": "b"}},
             {"name": "sepia", "replicas": 9}, {"name": "draft", "replicas": 9}]
            """;

    private static RawServer server;
    private static ReservedPort s3;
    private static ReservedPort port;
    private static LocalGatewayProcess second;
    private static LocalGatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new RawServer()
                .at(
                        "/system/functions",
                        exchange -> answer(
                                exchange,
                                exchange.header("Authorization").equals(CREDENTIALS) ? 200 : 401,
                                OPENFAAS_LIST.getBytes(UTF_8)))
                .at("/function/figlet", exchange -> answer(exchange, 200, exchange.body()))
                .at("/function/shop", exchange -> answer(exchange, 200, "a shop".getBytes(UTF_8)))
                .at("/sepia", exchange -> answer(exchange, 200, brown(exchange.body())))
                .at("/sepia/named", MixedBackendsIT::named)
                .at("/fails/twice", MixedBackendsIT::failsTwice);
        s3 = new ReservedPort();
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("basic-auth-user"), "admin\n");
        Files.writeString(secrets.resolve("basic-auth-password"), "geheim\n");
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        Files.writeString(
                workflows.resolve("workflow.yml"), "workflow: {steps: [{function: sepia}, {function: figlet}]}");
        port = new ReservedPort();
        second = LocalGatewayProcess.launch(Map.of("QUARKUS_HTTP_PORT", port.toString()));
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "IMAGE_FUNCTIONS_BACKENDS",
                server.url("") + ", sepia=" + server.url("/sepia") + ", fails=" + server.url("/fails") + ", bw="
                        + port.url() + "/function/bw, draft=local");
        environment.put("secret_mount_path", secrets.toString());
        environment.put("IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString());
        environment.put("IMAGE_FUNCTIONS_S3_FOLDER", folder.resolve("s3").toString());
        environment.put("IMAGE_FUNCTIONS_S3_PORT", s3.toString());
        environment.put("IMAGE_FUNCTIONS_PROCESS_FUNCTION", "sepia");
        environment.put("IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "100ms");
        environment.put("minio_access_key", "tester");
        environment.put("minio_secret_key", "tester-secret");
        gateway = LocalGatewayProcess.start(environment);
        second.listening();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        second.close();
        s3.close();
        port.close();
        server.close();
    }

    private static byte[] brown(byte[] picture) {
        byte[] result = picture.clone();
        result[picture.length - 1] = 'b';
        return result;
    }

    private static void answer(RawServer.Exchange exchange, int status, byte[] body) throws IOException {
        begin(exchange, status, body.length);
        exchange.out().write(body);
    }

    private static void begin(RawServer.Exchange exchange, int status, int length) throws IOException {
        exchange.send(
                RawServer.head("HTTP/1.1 " + status + " ", "Content-Type: image/jpeg", "Content-Length: " + length));
    }

    /** With a name whose bytes the query has. */
    private static void named(RawServer.Exchange exchange) throws IOException {
        String name = exchange.head().lines().findFirst().orElse("").replaceFirst(".*[?]([^ ]*).*", "$1");
        exchange.send(RawServer.head(
                "HTTP/1.1 200 ",
                "Content-Type: image/jpeg; name=" + new String(HexFormat.of().parseHex(name), ISO_8859_1),
                "Content-Length: 0"));
    }

    /** Once busy, once broken off in the middle. */
    private static void failsTwice(RawServer.Exchange exchange) throws IOException {
        byte[] body = exchange.body();
        switch (server.asked("/fails/twice").size()) {
            case 1 -> answer(exchange, 503, new byte[0]);
            case 2 -> {
                begin(exchange, 200, body.length);
                exchange.out().write(body, 0, body.length / 2);
            }
            default -> answer(exchange, 200, body);
        }
    }

    private static JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(Curl.of(gateway.at(path).toString()).output());
    }

    @Test
    void allAreListedThoseOfTheOpenFaasGatewayWithItsFigures() throws Exception {
        double before = json("/system/function/sepia").path("invocationCount").asDouble();
        Curl.of("-d", "x", gateway.at("/function/sepia").toString());

        assertThat(json("/system/functions").findValuesAsText("name"))
                .containsExactly("bw", "chaining", "draft", "fails", "figlet", "loadimages", "processimages", "sepia");
        assertThat(json("/system/function/figlet"))
                .isEqualTo(new ObjectMapper().readTree(OPENFAAS_LIST).get(0));
        JsonNode sepia = json("/system/function/sepia");
        assertThat(sepia.path("replicas").asInt()).isEqualTo(1);
        assertThat(sepia.path("invocationCount").asDouble()).isEqualTo(before + 1);
        assertThat(gateway.log()).doesNotContain("geheim", CREDENTIALS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            draft     | 200 | here
            bw        | 200 | second
            figlet    | 200 | server
            sepia     | 200 | server
            thumbnail | 404 | server
            """)
    void eachIsCalledWhereItRuns(String function, int status, String where) throws Exception {
        String node =
                switch (where) {
                    case "second" -> second.at("").getAuthority();
                    case "server" -> server.name();
                    default -> "";
                };

        Curl curl = Curl.of(
                "--data-binary",
                "@" + PHOTO,
                "-o",
                "/dev/null",
                "-w",
                "%{http_code} %header{x-gateway-node}",
                gateway.at("/function/" + function).toString());

        assertThat(curl).isEqualTo(new Curl(0, status + " " + node));
    }

    @ParameterizedTest
    @CsvSource({
        "shop?object=a/b, a shop 200",
        "bw?object=incoming/photo.jpg, pictures by GET are made by functions of this gateway only",
        "draft?object=incoming/photo.jpg, add it to IMAGE_FUNCTIONS_GET_BUCKETS"
    })
    void aGetWithAnObjectIsForWhereItsFunctionRuns(String path, String answered) throws Exception {
        assertThat(Curl.of(
                                "-w",
                                " %{http_code}",
                                gateway.at("/function/" + path).toString())
                        .output())
                .contains(answered);
    }

    @Test
    void oneOfThisGatewayIsDescribedWithoutAskingAnother() throws Exception {
        int asked = server.asked("/system/functions").size();

        assertThat(json("/system/function/sepia").path("name").asText()).isEqualTo("sepia");
        assertThat(json("/system/function/draft").path("name").asText()).isEqualTo("draft");
        assertThat(server.asked("/system/functions")).hasSize(asked);
        assertThat(json("/system/function/nosuch").path("status").asInt()).isEqualTo(404);
    }

    @Test
    void onlyTheGatewayGetsToSeeThePassword() throws Exception {
        for (String function : new String[] {"sepia", "figlet"}) {
            Curl.of(
                    "-d",
                    "x",
                    "-H",
                    "X-Seen: 1",
                    gateway.at("/function/" + function).toString());
            // As workflows call, which show it to every gateway.
            Curl.of(
                    "-d",
                    "x",
                    "-H",
                    "Authorization: " + CREDENTIALS,
                    gateway.at("/function/" + function).toString());
            Curl.of(
                    "-d",
                    "x",
                    "-H",
                    "Authorization: Bearer own",
                    gateway.at("/function/" + function).toString());
        }

        assertThat(server.asked("/sepia"))
                .extracting(exchange -> exchange.header("Authorization"))
                .containsOnly("", "Bearer own");
        assertThat(server.asked("/function/figlet"))
                .extracting(exchange -> exchange.header("Authorization"))
                .containsOnly(CREDENTIALS, "Bearer own");
    }

    @Test
    void anAsynchronousCallIsTriedAgainUntilItsResultIsWhole() throws Exception {
        byte[] body = new byte[5_000_000];
        new Random(2).nextBytes(body);
        try (CallbackServer receiver = CallbackServer.start()) {
            AsyncClient client = new AsyncClient(gateway.at(""));
            assertThat(client.call("fails/twice?a=b", body, "X-Callback-Url", receiver.url("/200"), "X-Call-Id", "far")
                            .statusCode())
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client.state("far").equals("delivered"));

            CallbackServer.Delivery delivery = receiver.of("far").getFirst();
            assertThat(delivery.header("x-function-status")).isEqualTo("200");
            assertThat(delivery.header("x-gateway-node")).isEqualTo(server.name());
            assertThat(Arrays.equals(delivery.body().getBytes(ISO_8859_1), body))
                    .isTrue();
            RawServer.Exchange last = server.asked("/fails/twice").getLast();
            assertThat(last.head()).startsWith("POST /fails/twice?a=b HTTP/1.1\r\n");
            assertThat(last.header("X-Call-Id")).isEqualTo("far");
            assertThat(last.header("X-Start-Time")).matches("\\d{19}");
            assertThat(last.header("X-Forwarded-Host")).isEqualTo(gateway.at("").getAuthority());
            assertThat(client.describe("far").path("functionAttempts").asInt()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"61, a", "636166c3a9, caf\u00e9", "e69797, \u65d7", "636166e9, caf\u00e9"})
    void aCallbackSaysInUtf8WhatTheAnswersHeadersSay(String bytes, String name) throws Exception {
        try (CallbackServer receiver = CallbackServer.start()) {
            AsyncClient client = new AsyncClient(gateway.at(""));
            client.call(
                    "sepia/named?" + bytes,
                    new byte[1],
                    "X-Callback-Url",
                    receiver.url("/200"),
                    "X-Call-Id",
                    "named-" + bytes);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !receiver.of("named-" + bytes).isEmpty());

            assertThat(receiver.of("named-" + bytes).getFirst().header("content-type"))
                    .isEqualTo("image/jpeg; name=" + new String(name.getBytes(UTF_8), ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0 200 ", "HTTP/1.1 200 "})
    void aReceiverThatClosesEachConnectionWithoutSayingSoGetsEachResultAtOnce(String statusLine) throws Exception {
        AsyncClient client = new AsyncClient(gateway.at(""));
        try (RawServer receiver = new RawServer().at("/", exchange -> {
            exchange.body();
            exchange.send(RawServer.head(statusLine, "Content-Length: 0"));
        })) {
            for (int i = 0; i < 3; i++) {
                String id = "closed-" + statusLine.charAt(7) + "-" + i;
                client.call("sepia", new byte[1], "X-Callback-Url", receiver.url("/"), "X-Call-Id", id);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> client.state(id).equals("delivered"));

                assertThat(client.describe(id).path("callbackAttempts").asInt()).isEqualTo(1);
            }
        }
    }

    @Test
    void aWorkflowCallsThemAll() throws Exception {
        Curl curl = Curl.of(
                "-d",
                "xyz",
                "-w",
                " %{http_code}",
                gateway.at("/function/chaining").toString());

        assertThat(curl.output()).isEqualTo("xyb 200");
    }

    @Test
    void anUploadIsConvertedByTheFunctionThatRunsBeside() throws Exception {
        URI endpoint = s3.url();
        try (ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(20)))) {
            await().ignoreExceptions()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> store.hasBucket("incoming") && store.hasBucket("processed"));
            store.put("incoming", "photo.jpg", PHOTO, "image/jpeg", Map.of());
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> store.stat("processed", "photo.jpg").isPresent());

            assertThat(store.get("processed", "photo.jpg")
                            .orElseThrow()
                            .content()
                            .readAllBytes())
                    .isEqualTo(brown(Files.readAllBytes(PHOTO)));
        }
    }
}
