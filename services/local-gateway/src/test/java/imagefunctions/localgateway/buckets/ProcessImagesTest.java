package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.localgateway.HeldFunctions;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.storage.StoredObject;
import imagefunctions.testservers.ReservedPort;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class ProcessImagesTest {
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");
    private static final Path OTHER_PHOTO = Path.of("../../docs/pictures/seeding.thumbnail.jpg");

    @Inject
    ObjectStore store;

    @Inject
    ObjectStoreSettings settings;

    @Inject
    LocalStore local;

    /** A second server over the same folder, whose events are lost. */
    private static @Nullable DeafServer deaf;

    private final String name = "p-" + UUID.randomUUID() + " ä+.jpg";

    @BeforeEach
    void startDeafServer() throws Exception {
        if (deaf != null) {
            return;
        }
        await().atMost(Duration.ofSeconds(30)).until(quietly(() -> store.hasBucket("failed")));
        ReservedPort port = new ReservedPort();
        URI endpoint = port.url();
        EmbeddedS3 server = EmbeddedS3.start(
                local.objects(), endpoint, settings.accessKey(), settings.secretKey(), lostEvent -> {});
        deaf = new DeafServer(
                port,
                server,
                new ObjectStore(new ObjectStoreSettings(
                        endpoint,
                        settings.region(),
                        settings.accessKey(),
                        settings.secretKey(),
                        settings.connectTimeout(),
                        settings.readTimeout())));
    }

    private record DeafServer(ReservedPort port, EmbeddedS3 server, ObjectStore store) {}

    @AfterEach
    void tidy() throws Exception {
        for (String bucket : new String[] {"incoming", "processed", "failed"}) {
            store.delete(bucket, name);
        }
    }

    @AfterAll
    static void stopDeafServer() throws Exception {
        if (deaf != null) {
            deaf.store().close();
            deaf.server().close();
            deaf.port().close();
        }
    }

    private static Callable<Boolean> quietly(Callable<Boolean> question) {
        return () -> {
            try {
                return question.call();
            } catch (IOException notYet) {
                return false;
            }
        };
    }

    private void putUnseen(Path picture) throws IOException {
        putUnseen(picture, Map.of());
    }

    private void putUnseen(Path picture, Map<String, String> metadata) throws IOException {
        Objects.requireNonNull(deaf).store().put("incoming", name, picture, "image/jpeg", metadata);
    }

    private JsonNode process(String query, String body) throws Exception {
        return Peer.json(Peer.post("/function/processimages" + query, body));
    }

    private String names() {
        return "[\"" + name + "\"]";
    }

    private void assertGreyResultOfTheSource() throws Exception {
        ObjectInfo source = store.stat("incoming", name).orElseThrow();
        try (StoredObject result = store.get("processed", name).orElseThrow()) {
            assertThat(result.info().metadata())
                    .containsEntry("source-etag", source.etag())
                    .containsEntry("function", "bw");
            assertThat(result.info().contentType()).isEqualTo("image/jpeg");
            assertThat(ImageIO.read(result.content()).getRaster().getNumBands()).isEqualTo(1);
        }
    }

    @Test
    void anUploadConvertsItself() throws Exception {
        store.put("incoming", name, PHOTO, "image/jpeg", Map.of());

        await().atMost(Duration.ofSeconds(30))
                .until(() -> store.stat("processed", name).isPresent());
        assertGreyResultOfTheSource();
    }

    @Test
    void namesAreConvertedOnceForEachContent() throws Exception {
        putUnseen(PHOTO);

        var first = Peer.post("/function/processimages", names());
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("X-Failed")).hasValue("0");
        assertThat(Peer.json(first).get(0).asText()).isEqualTo(name);
        assertGreyResultOfTheSource();
        assertThat(outcome(process("?detail=true", names()))).isEqualTo("skipped");

        putUnseen(OTHER_PHOTO);
        assertThat(outcome(process("?detail=true", names()))).isEqualTo("processed");
        assertGreyResultOfTheSource();
    }

    @Test
    void aFunctionThatTheCallerNamesDoesNotTakeTheResultOfAnother() throws Exception {
        putUnseen(PHOTO);
        process("", names());

        assertThat(outcome(process("?detail=true&function=thumbnail", names()))).isEqualTo("processed");
        assertThat(outcome(process("?detail=true&function=thumbnail", names()))).isEqualTo("skipped");
        assertThat(outcome(process("?detail=true", names()))).isEqualTo("skipped");
    }

    @Test
    void parametersOfTheCallDoNotTakeAResultThatWasMadeWithoutThem() throws Exception {
        putUnseen(PHOTO);
        process("", names());

        assertThat(outcome(process("?detail=true&width=64&height=64", names()))).isEqualTo("processed");
        assertThat(outcome(process("?detail=true&width=64&height=64", names()))).isEqualTo("skipped");
        assertThat(outcome(process("?detail=true&flow=photos", names()))).isEqualTo("failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.jpg", "a/./x.jpg", "/x.jpg", "a//x.jpg", "\\ud83d"})
    void aNameThatCannotBeAskedForFailsAlone(String hostile) throws Exception {
        putUnseen(PHOTO);

        var answer = Peer.post("/function/processimages", "[\"" + hostile + "\", \"" + name + "\"]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Peer.json(answer).get(0).asText()).isEqualTo(name);
        assertGreyResultOfTheSource();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg; name=\"\u0444\u043e\u0442\u043e.jpg\"", "image/jpeg; name=\"\u732b.jpg\""})
    void aTypeThatCannotBeSentFailsItsPictureAlone(String type) throws Exception {
        putUnseen(PHOTO);
        String odd = "odd-" + UUID.randomUUID() + ".jpg";
        uploadUnseen(odd, type);

        JsonNode entries = process("?detail=true", "{\"reconcile\": true}");

        assertThat(entries.findValuesAsText("name")).contains(odd, name);
        assertThat(entries.findValuesAsText("reason"))
                .anyMatch(reason -> reason.contains(type) && reason.endsWith("store it with another Content-Type."));
        assertGreyResultOfTheSource();
        assertThat(store.stat("failed", odd))
                .hasValueSatisfying(info -> assertThat(info.metadata()).containsEntry("never", "true"));
        assertThat(process("?detail=true", "{\"reconcile\": true}").toString()).doesNotContain(odd);
        store.delete("incoming", odd);
        store.delete("failed", odd);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image/png;name=a.png     | image/png;name=a.png
            image/png;name="\u00e9.png" | image/png
            image/png;name=a b       | image/png
            image/p\u00e9g            | application/octet-stream
            picture                  | application/octet-stream
            """)
    void aResultIsStoredWhateverItsFunctionSaysOfItsType(String type, String stored) throws Exception {
        putUnseen(PHOTO);
        String query = "?detail=true&function=typed&type=" + URLEncoder.encode(type, StandardCharsets.UTF_8);

        assertThat(outcome(process(query, names()))).isEqualTo("processed");
        assertThat(store.stat("processed", name).orElseThrow().contentType()).isEqualTo(stored);
        assertThat(outcome(process(query, names()))).isEqualTo("skipped");
    }

    /** As clients do that send a header's bytes as they are given. */
    @SuppressWarnings("try") // its close may be interrupted, as the test may
    private void uploadUnseen(String key, String type) throws Exception {
        try (MinioClient client = MinioClient.builder()
                .endpoint(Objects.requireNonNull(deaf).port().url().toString())
                .httpClient(new OkHttpClient(), true)
                .credentials(settings.accessKey(), settings.secretKey())
                .region(settings.region())
                .build()) {
            String url = client.getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                    .method(Http.Method.PUT)
                    .bucket("incoming")
                    .object(key)
                    .build());
            run(
                    "curl -sSf -H 'Content-Type: " + type + "' -T " + PHOTO.toAbsolutePath() + " '" + url + "'",
                    local.objects());
        }
    }

    @Test
    void aResultWhoseOriginCannotBeReadIsReplacedAsOneOfNone() throws Exception {
        putUnseen(PHOTO);
        store.put(
                "processed",
                name,
                OTHER_PHOTO,
                "image/jpeg",
                Map.of("rule", "old", "source-bucket", "incoming", "source-key", "100%"));

        assertThat(outcome(process("?detail=true", names()))).isEqualTo("processed");
        assertGreyResultOfTheSource();
    }

    @Test
    void aKeyThatWouldBeShortenedToAnotherOnesIsNotConvertedInItsPlace() throws Exception {
        putUnseen(PHOTO);

        JsonNode entry = process("?detail=true", "[\"/" + name + "\"]").get(0);

        assertThat(entry.path("outcome").asText()).isEqualTo("failed");
        assertThat(entry.path("reason").asText()).startsWith("The key /" + name + " has an empty part");
        assertThat(store.stat("processed", name)).isEmpty();
        assertThat(store.stat("failed", name)).isEmpty();
    }

    @Test
    void aPictureThatCannotBeAskedForIsReportedByOneReconcile() throws Exception {
        putUnseen(PHOTO);
        Path incoming = local.objects().resolve("incoming");
        // Another one each time: that it was reported is kept.
        String rest = UUID.randomUUID() + ".jpg";
        run("mv " + name.replace(' ', '?') + " $'\\xff'" + rest, incoming);

        JsonNode entries = process("?detail=true", "{\"reconcile\": true}");

        assertThat(entries.findValuesAsText("name")).contains("\uFFFD" + rest);
        assertThat(entries.findValuesAsText("reason"))
                .contains("The key \uFFFD" + rest + " is not UTF-8: store it under one that is.");
        assertThat(process("?detail=true", "{\"reconcile\": true}").findValuesAsText("name"))
                .doesNotContain("\uFFFD" + rest);
        run("rm $'\\xff'" + rest, incoming);
    }

    private static void run(String command, Path folder) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aFolderIsNoPicture(@TempDir Path folder) throws Exception {
        String made = UUID.randomUUID() + "/";
        Path nothing = Files.createFile(folder.resolve("nothing"));
        Objects.requireNonNull(deaf).store().put("incoming", made, nothing, "application/x-directory", Map.of());

        assertThat(process("?detail=true", "{\"reconcile\": true}").toString()).doesNotContain(made);
        assertThat(outcome(process("?detail=true", "[\"" + made + "\"]"))).isEqualTo("ignored");
        store.delete("incoming", made);
    }

    private static String outcome(JsonNode entries) {
        return entries.get(0).path("outcome").asText();
    }

    @Test
    void anotherFunctionGetsItsParameters() throws Exception {
        putUnseen(PHOTO);

        process("?function=thumbnail&width=40&height=40", names());

        try (StoredObject result = store.get("processed", name).orElseThrow()) {
            assertThat(ImageIO.read(result.content()).getWidth()).isEqualTo(40);
            assertThat(result.info().metadata()).containsEntry("function", "thumbnail?width=40&height=40");
        }
    }

    @Test
    void aWorkflowIsNamedWithoutTheFunctionThatRunsIt() throws Exception {
        putUnseen(PHOTO);

        process("?workflow=workflow", names());

        try (StoredObject result = store.get("processed", name).orElseThrow()) {
            assertThat(ImageIO.read(result.content()).getWidth()).isEqualTo(128);
            assertThat(result.info().metadata()).containsEntry("function", "chaining?workflow=workflow");
        }
    }

    @Test
    void aParameterThatTheWorkflowDoesNotReadIsRefused() throws Exception {
        putUnseen(PHOTO);

        JsonNode entries = process("?detail=true&function=chaining&flow=workflow", names());

        assertThat(outcome(entries)).isEqualTo("failed");
        assertThat(entries.get(0).path("reason").asText()).contains("reads no parameter \"flow\"");
        assertThat(store.stat("processed", name)).isEmpty();
    }

    @Test
    void whatFailsWithTheParametersOfOneCallIsStillConvertedWithoutThem() throws Exception {
        putUnseen(PHOTO);
        assertThat(outcome(process("?detail=true&function=bw&quality=high", names())))
                .isEqualTo("failed");

        assertThat(process("", "{\"reconcile\": true}").toString()).contains(name);
        assertGreyResultOfTheSource();
        assertThat(store.stat("failed", name)).isEmpty();
    }

    @Test
    void aDeletedObjectIsGoneAndAResultIsLeftAlone() throws Exception {
        assertThat(outcome(process("?detail=true", names()))).isEqualTo("gone");

        putUnseen(PHOTO, Map.of(ObjectInfo.SOURCE_ETAG, "x"));

        assertThat(outcome(process("?detail=true", names()))).isEqualTo("ignored");
        assertThat(store.stat("processed", name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"minio:s3, s3:ObjectCreated:Put, true", "ceph:s3, ObjectCreated:Put, false"})
    void anEventOfEitherDialectConvertsItsObject(String source, String event, boolean encoded) throws Exception {
        putUnseen(PHOTO);
        String key = encoded ? URLEncoder.encode(name, StandardCharsets.UTF_8) : name;
        String record = """
                {"eventSource": "%s", "eventName": "%s",
                 "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "eTag": "x", "size": 1}}}""";

        JsonNode entries = process(
                "?detail=true",
                "{\"Records\": [" + record.formatted(source, event, "incoming", key) + ","
                        + record.formatted(source, event, "processed", key) + ","
                        + record.formatted(source, "s3:ObjectRemoved:Delete", "incoming", key) + "]}");

        assertThat(entries.findValuesAsText("outcome")).containsExactlyInAnyOrder("processed", "ignored", "ignored");
        assertGreyResultOfTheSource();
    }

    @Test
    void reconcileMakesUpForLostEventsAndForResultsThatAreOld(@TempDir Path folder) throws Exception {
        putUnseen(PHOTO);
        assertThat(process("", "{\"reconcile\": true}").toString()).contains(name);
        assertGreyResultOfTheSource();

        putUnseen(OTHER_PHOTO);
        assertThat(process("", "{\"reconcile\": true}").toString()).contains(name);
        assertGreyResultOfTheSource();

        assertThat(process("", "{\"reconcile\": true}").toString()).doesNotContain(name);
    }

    @Test
    void anEmptyBodyReconcilesSinceTheCronConnectorSendsNone() throws Exception {
        putUnseen(PHOTO);

        assertThat(process("", "").toString()).contains(name);
        assertGreyResultOfTheSource();
    }

    @Test
    void aPictureThatNeverWillDoIsNotedAndNotTriedAtEveryReconcile(@TempDir Path folder) throws Exception {
        putUnseen(Files.writeString(folder.resolve("garbage"), "no picture"));

        JsonNode entries = process("?detail=true", "{\"reconcile\": true}");
        assertThat(entries.toString()).contains(name, "failed", "415");
        Optional<ObjectInfo> note = store.stat("failed", name);
        assertThat(note).hasValueSatisfying(info -> assertThat(info.metadata())
                .containsEntry("source-etag", info.metadata().get("source-etag"))
                .containsEntry("attempts", "1"));
        assertThat(process("?detail=true", "{\"reconcile\": true}").toString()).doesNotContain(name);

        putUnseen(PHOTO);
        assertThat(process("?detail=true", "{\"reconcile\": true}").toString()).contains(name, "processed");
        assertThat(store.stat("failed", name)).isEmpty();
    }

    @Test
    void aPictureOfWhichAWorkflowsStepNeverMakesAnythingIsNotTriedAgain(@TempDir Path folder) throws Exception {
        putUnseen(Files.writeString(folder.resolve("garbage"), "no picture"));
        String event = event();

        assertThat(Peer.post("/function/processimages?function=chaining", event).statusCode())
                .isEqualTo(200);

        assertThat(store.stat("failed", name))
                .hasValueSatisfying(info -> assertThat(info.metadata()).containsEntry("never", "true"));
    }

    @Test
    void aPictureForWhichThereWasNoMemoryIsTriedAgainLater() throws Exception {
        putUnseen(PHOTO);
        String query = "?detail=true&function=starved";
        HeldFunctions.STARVED.set(true);
        JsonNode entries = process(query, "{\"reconcile\": true}");
        HeldFunctions.STARVED.set(false);

        assertThat(entries.findValuesAsText("reason")).anyMatch(reason -> reason.contains("starved answered 503"));
        assertThat(store.stat("failed", name)).hasValueSatisfying(info -> assertThat(info.metadata())
                .containsEntry("never", "false")
                .containsEntry("attempts", "1"));
        assertThat(process(query, "{\"reconcile\": true}").toString())
                .as("before its wait is over")
                .doesNotContain(name);
        noted(Instant.now().minus(Duration.ofDays(1)));
        assertThat(process(query, "{\"reconcile\": true}").toString()).contains(name, "processed");
        assertThat(store.stat("failed", name)).isEmpty();
    }

    /** Has the record of a failure be as old as this. */
    private void noted(Instant time) throws IOException {
        Files.setLastModifiedTime(local.objects().resolve("failed").resolve(name), FileTime.from(time));
    }

    private String event() {
        return """
                {"Records": [{"eventName": "s3:ObjectCreated:Put", "s3": {"bucket": {"name": "incoming"},
                  "object": {"key": "%s"}}}]}""".formatted(URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    @Test
    void aFailureThatWasNotedBeforeTheClockWasPutBackIsTriedAgainNow() throws Exception {
        putUnseen(PHOTO);
        process("?function=nosuch", names());
        assertThat(store.stat("failed", name)).isPresent();
        String query = "?detail=true&function=nosuch";
        assertThat(process(query, "{\"reconcile\": true}").toString()).doesNotContain(name);

        noted(Instant.now().plus(Duration.ofDays(1)));

        assertThat(process(query, "{\"reconcile\": true}").toString()).contains(name);
    }

    @Test
    void anEventWhoseFunctionIsDownIsAnsweredSoThatItComesAgain() throws Exception {
        putUnseen(PHOTO);
        String event = event();

        assertThat(Peer.post("/function/processimages?function=nosuch", event).statusCode())
                .isEqualTo(503);
        assertThat(Peer.post("/function/processimages", event).statusCode()).isEqualTo(200);
        assertGreyResultOfTheSource();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "nonsense", "[1]", "[\"\"]", "{\"reconcile\": false}", "{\"Records\": [{}]}"})
    void whatIsInvalidIsExplained(String body) throws Exception {
        assertThat(Peer.post("/function/processimages", body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"processimages", "loadimages", "a/b", "%2e%2e%2f"})
    void whatConvertsNothingIsNotCalled(String function) throws Exception {
        assertThat(Peer.post("/function/processimages?function=" + function, names())
                        .statusCode())
                .isEqualTo(400);
    }
}
