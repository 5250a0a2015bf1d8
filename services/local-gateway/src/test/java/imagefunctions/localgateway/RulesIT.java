package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.storage.StoredObject;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules in the packaged gateway, with real uploads, and fired by real curl. */
final class RulesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");
    private static final Path OTHER_PHOTO = Path.of("../../docs/pictures/seeding.bw.jpg");

    @TempDir
    Path folder = Path.of("");

    @AutoClose
    private final ReservedPort s3 = new ReservedPort();

    @AutoClose
    private final ReservedPort port = new ReservedPort();

    @AutoClose
    private final ObjectStore store = new ObjectStore(new ObjectStoreSettings(
            s3.url(), "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(20)));

    RulesIT() throws IOException {}

    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_HTTP_PORT", port.toString(),
                "IMAGE_FUNCTIONS_S3_PORT", s3.toString(),
                "IMAGE_FUNCTIONS_S3_FOLDER", folder.resolve("s3").toString(),
                "IMAGE_FUNCTIONS_RECONCILE_EVERY", "1s",
                "IMAGE_FUNCTIONS_PROCESS_FIRST_WAIT", "1h",
                "minio_access_key", "tester",
                "minio_secret_key", "tester-secret"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private LocalGatewayProcess start(Map<String, String> environment) throws IOException {
        LocalGatewayProcess gateway = LocalGatewayProcess.start(environment);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> curl(gateway, "/system/buckets").contains("\"on\""));
        return gateway;
    }

    private String rules(String text) throws IOException {
        return Files.writeString(folder.resolve("rules.yml"), text).toString();
    }

    private static String curl(LocalGatewayProcess gateway, String path, String... arguments) throws Exception {
        Process curl = new ProcessBuilder(
                        Stream.concat(Stream.of("curl", "-sS", gateway.at(path).toString()), Stream.of(arguments))
                                .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void upload(String bucket, String key, Path photo) throws IOException {
        store.put(bucket, key, photo, "image/jpeg", Map.of());
    }

    private ObjectInfo awaited(String bucket, String key) {
        await(bucket + "/" + key).atMost(Duration.ofSeconds(60)).until(() -> store.stat(bucket, key)
                .isPresent());
        return stat(bucket, key).orElseThrow();
    }

    private Optional<ObjectInfo> stat(String bucket, String key) {
        try {
            return store.stat(bucket, key);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int width(String bucket, String key) throws IOException {
        try (StoredObject object = store.get(bucket, key).orElseThrow()) {
            return ImageIO.read(object.content()).getWidth();
        }
    }

    @Test
    void uploadsGoThroughAWorkflowThatTheSettingNames() throws Exception {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        Files.copy(Path.of("../../functions/chaining/examples/foreach.yml"), workflows.resolve("sizes.yml"));
        try (LocalGatewayProcess gateway = start(environment(
                "IMAGE_FUNCTIONS_WORKFLOWS",
                workflows.toString(),
                "IMAGE_FUNCTIONS_PROCESS_FUNCTION",
                "chaining?workflow=sizes"))) {
            upload("incoming", "photo.jpg", PHOTO);

            ObjectInfo result = awaited("processed", "photo.jpg");
            assertThat(result.contentType()).isEqualTo("application/zip");
            assertThat(result.metadata()).containsEntry("function", "chaining?workflow=sizes");
            assertThat(gateway.log()).doesNotContain("object store", " WARN ", " ERROR ");
        }
    }

    @Test
    void keysInHeadersArePercentEncoded() throws Exception {
        String file = rules("rules: [{name: grey, bucket: photos, function: bw, to: grey}]");
        try (LocalGatewayProcess gateway = start(environment(
                "IMAGE_FUNCTIONS_RULES",
                file,
                "IMAGE_FUNCTIONS_RECONCILE_EVERY",
                "1h",
                "IMAGE_FUNCTIONS_PROCESS_MAX_OBJECTS",
                "1"))) {
            upload("photos", "a b+c\u00e9.jpg", PHOTO);
            assertThat(awaited("grey", "a b+c\u00e9.jpg").metadata())
                    .containsEntry("source-key", "a%20b%2Bc%C3%A9.jpg");
            store.delete("grey", "a b+c\u00e9.jpg");

            assertThat(curl(gateway, "/function/processimages", "-d", "", "-o", "/dev/null", "-D", "-"))
                    .contains("X-Reconcile-After: a%20b%2Bc%C3%A9.jpg\r\n");
        }
    }

    @Test
    void everyRuleTakesWhatItNamesAndStoresItWhereItSays() throws Exception {
        String file = rules("""
                rules:
                  - name: small
                    bucket: photos
                    prefix: in/
                    suffix: [.jpg, .png]
                    function: thumbnail
                    parameters: {width: 40, height: 40}
                    to: web
                    key: ${stem}.small.jpg
                  - name: grey
                    bucket: photos
                    type: image/*
                    function: bw
                    to: grey
                    key: archive/${key}
                  - name: turned
                    bucket: grey
                    prefix: archive/in/
                    function: transpose
                    to: web
                  - name: far
                    bucket: photos
                    prefix: in/a.jpg
                    function: sepia
                    parameters: {tone: "5"}
                    to: web
                    key: ${stem}.sepia.txt
                """);
        try (RawServer elsewhere = new RawServer().at("/sepia", RulesIT::brown);
                LocalGatewayProcess gateway = start(environment(
                        "IMAGE_FUNCTIONS_RULES",
                        file,
                        "IMAGE_FUNCTIONS_BACKENDS",
                        "sepia=" + elsewhere.url("/sepia")))) {
            upload("photos", "in/a.jpg", PHOTO);
            upload("photos", "b.jpg", PHOTO);
            store.put("photos", "in/c.txt", PHOTO, "text/plain", Map.of());
            store.put(
                    "photos", "in/broken.jpg", Files.writeString(folder.resolve("x"), "none"), "image/jpeg", Map.of());

            assertThat(awaited("web", "in/a.small.jpg").metadata())
                    .containsEntry("function", "thumbnail?width=40&height=40")
                    .containsEntry("rule", "small")
                    .containsEntry(
                            "source-etag",
                            stat("photos", "in/a.jpg").orElseThrow().etag());
            assertThat(width("web", "in/a.small.jpg")).isEqualTo(40);
            assertThat(awaited("web", "archive/in/a.jpg").metadata()).containsEntry("rule", "turned");
            assertThat(awaited("web", "in/a.sepia.txt").metadata())
                    .containsEntry("function", "sepia?tone=5")
                    .containsEntry("rule", "far");
            assertThat(elsewhere.asked("/sepia").getFirst().head()).startsWith("POST /sepia?tone=5 HTTP/1.1\r\n");
            awaited("grey", "archive/b.jpg");
            awaited("failed", "small/in/broken.jpg");
            awaited("failed", "grey/in/broken.jpg");
            // Its result would have the same key as that of in/a.jpg.
            store.put("photos", "in/a.png", OTHER_PHOTO, "image/png", Map.of());
            awaited("failed", "small/in/a.png");
            assertThat(width("web", "in/a.small.jpg")).isEqualTo(40);

            JsonNode again = JSON.readTree(curl(
                    gateway,
                    "/function/processimages?detail=true",
                    "-d",
                    "[\"in/a.jpg\", \"in/c.txt\", \"b.jpg\", \"archive/in/a.jpg\"]"));
            assertThat(Stream.iterate(0, i -> i < again.size(), i -> i + 1)
                            .map(again::get)
                            .filter(entry -> !entry.path("name").asText().equals("archive/in/a.jpg"))
                            .map(entry -> entry.path("name").asText() + " "
                                    + entry.path("rule").asText() + " "
                                    + entry.path("outcome").asText()))
                    .contains("in/a.jpg grey skipped", "in/c.txt grey ignored", "b.jpg grey skipped")
                    .doesNotContain("b.jpg small skipped", "in/c.txt small skipped");
            awaited("grey", "archive/in/a.png");
            assertThat(pictures(gateway, "grey"))
                    .as("without in/c.txt, which is no image")
                    .containsExactly("b.jpg current", "in/a.jpg current", "in/a.png current", "in/broken.jpg failed");
            assertThat(pictures(gateway, "small"))
                    .containsExactly("in/a.jpg current", "in/a.png failed", "in/broken.jpg failed");
        }
    }

    private static void brown(RawServer.Exchange exchange) throws IOException {
        exchange.body();
        exchange.send(RawServer.head("HTTP/1.1 200 OK", "Content-Type: text/plain", "Content-Length: 5") + "brown");
    }

    private static List<String> pictures(LocalGatewayProcess gateway, String rule) throws Exception {
        JsonNode page = JSON.readTree(curl(gateway, "/system/rules/" + rule + "/pictures"));
        return page.path("pairs")
                .valueStream()
                .map(pair -> pair.at("/picture/key").asText() + " "
                        + pair.path("state").asText())
                .toList();
    }

    @Test
    void rulesAreFiredByHandAndByTheClock() throws Exception {
        String file = rules("""
                rules:
                  - name: small
                    bucket: photos
                    function: thumbnail
                    parameters: {width: 40}
                    to: web
                  - name: nightly
                    function: processimages
                    parameters: {reconcile: true}
                  - name: run
                    workflow: workflow
                  - name: secondly
                    function: processimages
                    parameters: {reconcile: true}
                    schedule: "* * * * * *"
                """);
        try (CallbackServer receiver = CallbackServer.start();
                LocalGatewayProcess gateway = start(environment(
                        "IMAGE_FUNCTIONS_RULES", file,
                        "IMAGE_FUNCTIONS_RECONCILE_EVERY", "1h",
                        "IMAGE_FUNCTIONS_WEBHOOK_TOKEN", "s3cret"))) {
            upload("photos", "a.jpg", PHOTO);
            awaited("web", "a.jpg");

            String accepted = curl(
                    gateway,
                    "/system/rules/small",
                    "-d",
                    "{\"width\": 60, \"key\": \"a.jpg\"}",
                    "-H",
                    "X-Callback-Url: " + receiver.url("/200"),
                    "-H",
                    "X-Call-Id: by-hand");
            assertThat(accepted).isEqualTo("{\"callId\":\"by-hand\"}");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !receiver.of("by-hand").isEmpty());
            assertThat(receiver.of("by-hand").getFirst().body()).isEqualTo("[\"a.jpg\"]");
            assertThat(width("web", "a.jpg")).isEqualTo(60);

            for (Map.Entry<String, String> wrong : Map.of(
                            "{\"rule\": \"nightly\"}", "is no parameter of the rule",
                            "{\"workflow\": \"sizes\"}", "is no parameter of the rule",
                            "{\"width\": [1]}", "is no parameter of the rule",
                            "{\"width\": null}", "is no parameter of the rule",
                            "{\"key\": 5}", "one picture of its bucket",
                            "{\"key\": \"\"}", "one picture of its bucket",
                            "{\"width\": 1}{}", "Send a JSON object",
                            "[1]", "Send a JSON object",
                            "{", "Send a JSON object")
                    .entrySet()) {
                assertThat(curl(gateway, "/system/rules/small", "-d", wrong.getKey()))
                        .contains("\"status\" : 400", wrong.getValue());
            }
            assertThat(curl(gateway, "/system/rules/nosuch", "-d", "{}"))
                    .contains("\"status\" : 404", "there are: nightly, run, secondly, small");
            assertThat(curl(gateway, "/system/rules/small?width=60", "-d", ""))
                    .contains("\"status\" : 400", "as the body");
            assertThat(curl(gateway, "/system/rules/run", "-d", "{\"workflow\": \"other\"}"))
                    .contains("\"status\" : 400", "names its workflow itself");
            assertThat(curl(gateway, "/system/rules/small", "-X", "DELETE")).contains("\"status\" : 405");
            assertThat(curl(gateway, "/system/rules/small", "-d", "", "-H", "X-Callback-Url: gopher://x"))
                    .contains("\"status\" : 400", "X-Callback-Url");
            assertThat(curl(gateway, "/system/rules/small", "-d", "", "-H", "X-Max-Retries: -1"))
                    .contains("\"status\" : 400", "X-Max-Retries");
            assertThat(JSON.readTree(curl(gateway, "/system/rules")).findValuesAsText("name"))
                    .isEqualTo(List.of("small", "nightly", "run", "secondly"));

            // An event of no bucket: its function is called with the rule's parameters and those of the call, as JSON.
            curl(
                    gateway,
                    "/system/rules/nightly",
                    "-d",
                    "{\"after\": \"x\"}",
                    "-H",
                    "X-Callback-Url: " + receiver.url("/200"),
                    "-H",
                    "X-Call-Id: event");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !receiver.of("event").isEmpty());
            assertThat(receiver.of("event").getFirst().header("x-function-status"))
                    .isEqualTo("200");

            // Those of the schedule, beside the upload and the two by hand.
            await().atMost(Duration.ofSeconds(10)).until(() -> delivered(gateway) >= 5);
        }
    }

    private static int delivered(LocalGatewayProcess gateway) throws Exception {
        return JSON.readTree(curl(gateway, "/system/async?state=delivered"))
                .path("calls")
                .size();
    }
}
