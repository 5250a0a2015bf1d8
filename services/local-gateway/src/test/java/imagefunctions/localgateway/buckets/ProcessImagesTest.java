package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.StoredObject;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that convert themselves, or by their names, or by an event. */
@QuarkusTest
final class ProcessImagesTest {
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");
    private static final Path OTHER_PHOTO = Path.of("../../docs/pictures/seeding.thumbnail.jpg");

    @Inject
    ObjectStore store;

    @Inject
    UnseenPicture picture;

    @AfterEach
    void tidy() throws Exception {
        picture.delete();
    }

    @Test
    void anUploadConvertsItself() throws Exception {
        store.put("incoming", picture.name(), PHOTO, "image/jpeg", Map.of());

        await().atMost(Duration.ofSeconds(30))
                .until(() -> store.stat("processed", picture.name()).isPresent());
        picture.assertGreyResult();
    }

    @Test
    void namesAreConvertedOnceForEachContent() throws Exception {
        picture.put(PHOTO);

        var first = Peer.post("/function/processimages", picture.names());
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("X-Failed")).hasValue("0");
        assertThat(Peer.json(first).get(0).asText()).isEqualTo(picture.name());
        picture.assertGreyResult();
        assertThat(picture.outcome("?detail=true")).isEqualTo("skipped");

        picture.put(OTHER_PHOTO);
        assertThat(picture.outcome("?detail=true")).isEqualTo("processed");
        picture.assertGreyResult();
    }

    @Test
    void aFunctionThatTheCallerNamesDoesNotTakeTheResultOfAnother() throws Exception {
        picture.put(PHOTO);
        Peer.process("", picture.names());

        assertThat(picture.outcome("?detail=true&function=thumbnail")).isEqualTo("processed");
        assertThat(picture.outcome("?detail=true&function=thumbnail")).isEqualTo("skipped");
        assertThat(picture.outcome("?detail=true")).isEqualTo("skipped");
    }

    @Test
    void parametersOfTheCallDoNotTakeAResultThatWasMadeWithoutThem() throws Exception {
        picture.put(PHOTO);
        Peer.process("", picture.names());

        assertThat(picture.outcome("?detail=true&width=64&height=64")).isEqualTo("processed");
        assertThat(picture.outcome("?detail=true&width=64&height=64")).isEqualTo("skipped");
        assertThat(picture.outcome("?detail=true&flow=photos")).isEqualTo("failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.jpg", "a/./x.jpg", "/x.jpg", "a//x.jpg", "\\ud83d"})
    void aNameThatCannotBeAskedForFailsAlone(String hostile) throws Exception {
        picture.put(PHOTO);

        var answer = Peer.post("/function/processimages", "[\"" + hostile + "\", \"" + picture.name() + "\"]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Peer.json(answer).get(0).asText()).isEqualTo(picture.name());
        picture.assertGreyResult();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image/png;name=a.png     | image/png;name=a.png
            image/png;name="\u00e9.png" | image/png
            image/png;name=a b       | image/png
            image/png ;name=a.png    | image/png
            image/p\u00e9g            | application/octet-stream
            picture                  | application/octet-stream
            """)
    void aResultIsStoredWhateverItsFunctionSaysOfItsType(String type, String stored) throws Exception {
        picture.put(PHOTO);
        String query = "?detail=true&function=typed&type=" + URLEncoder.encode(type, StandardCharsets.UTF_8);

        assertThat(picture.outcome(query)).isEqualTo("processed");
        assertThat(store.stat("processed", picture.name()).orElseThrow().contentType())
                .isEqualTo(stored);
        assertThat(picture.outcome(query)).isEqualTo("skipped");
    }

    @Test
    void aResultWhoseOriginCannotBeReadIsReplacedAsOneOfNone() throws Exception {
        picture.put(PHOTO);
        store.put(
                "processed",
                picture.name(),
                OTHER_PHOTO,
                "image/jpeg",
                Map.of("rule", "old", "source-bucket", "incoming", "source-key", "100%"));

        assertThat(picture.outcome("?detail=true")).isEqualTo("processed");
        picture.assertGreyResult();
    }

    @Test
    void aKeyThatWouldBeShortenedToAnotherOnesIsNotConvertedInItsPlace() throws Exception {
        picture.put(PHOTO);

        JsonNode entry =
                Peer.process("?detail=true", "[\"/" + picture.name() + "\"]").get(0);

        assertThat(entry.path("outcome").asText()).isEqualTo("failed");
        assertThat(entry.path("reason").asText()).startsWith("The key /" + picture.name() + " has an empty part");
        assertThat(store.stat("processed", picture.name())).isEmpty();
        assertThat(store.stat("failed", picture.name())).isEmpty();
    }

    @Test
    void anotherFunctionGetsItsParameters() throws Exception {
        picture.put(PHOTO);

        Peer.process("?function=thumbnail&width=40&height=40", picture.names());

        try (StoredObject result = store.get("processed", picture.name()).orElseThrow()) {
            assertThat(ImageIO.read(result.content()).getWidth()).isEqualTo(40);
            assertThat(result.info().metadata()).containsEntry("function", "thumbnail?width=40&height=40");
        }
    }

    @Test
    void aWorkflowIsNamedWithoutTheFunctionThatRunsIt() throws Exception {
        picture.put(PHOTO);

        Peer.process("?workflow=workflow", picture.names());

        try (StoredObject result = store.get("processed", picture.name()).orElseThrow()) {
            assertThat(ImageIO.read(result.content()).getWidth()).isEqualTo(128);
            assertThat(result.info().metadata()).containsEntry("function", "chaining?workflow=workflow");
        }
    }

    @Test
    void aParameterThatTheWorkflowDoesNotReadIsRefused() throws Exception {
        picture.put(PHOTO);

        JsonNode entries = Peer.process("?detail=true&function=chaining&flow=workflow", picture.names());

        assertThat(entries.get(0).path("outcome").asText()).isEqualTo("failed");
        assertThat(entries.get(0).path("reason").asText()).contains("reads no parameter \"flow\"");
        assertThat(store.stat("processed", picture.name())).isEmpty();
    }

    @Test
    void aDeletedObjectIsGoneAndAResultIsLeftAlone() throws Exception {
        assertThat(picture.outcome("?detail=true")).isEqualTo("gone");

        picture.put(PHOTO, Map.of(ObjectInfo.SOURCE_ETAG, "x"));

        assertThat(picture.outcome("?detail=true")).isEqualTo("ignored");
        assertThat(store.stat("processed", picture.name())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"minio:s3, s3:ObjectCreated:Put, true", "ceph:s3, ObjectCreated:Put, false"})
    void anEventOfEitherDialectConvertsItsObject(String source, String event, boolean encoded) throws Exception {
        picture.put(PHOTO);
        String key = encoded ? URLEncoder.encode(picture.name(), StandardCharsets.UTF_8) : picture.name();
        String record = """
                {"eventSource": "%s", "eventName": "%s",
                 "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "eTag": "x", "size": 1}}}""";

        JsonNode entries = Peer.process(
                "?detail=true",
                "{\"Records\": [" + record.formatted(source, event, "incoming", key) + ","
                        + record.formatted(source, event, "processed", key) + ","
                        + record.formatted(source, "s3:ObjectRemoved:Delete", "incoming", key) + "]}");

        assertThat(entries.findValuesAsText("outcome")).containsExactlyInAnyOrder("processed", "ignored", "ignored");
        picture.assertGreyResult();
    }

    @Test
    void aPictureOfWhichAWorkflowsStepNeverMakesAnythingIsNotTriedAgain(@TempDir Path folder) throws Exception {
        picture.put(Files.writeString(folder.resolve("garbage"), "no picture"));
        String event = event();

        assertThat(Peer.post("/function/processimages?function=chaining", event).statusCode())
                .isEqualTo(200);

        assertThat(store.stat("failed", picture.name()))
                .hasValueSatisfying(info -> assertThat(info.metadata()).containsEntry("never", "true"));
    }

    private String event() {
        return """
                {"Records": [{"eventName": "s3:ObjectCreated:Put", "s3": {"bucket": {"name": "incoming"},
                  "object": {"key": "%s"}}}]}""".formatted(URLEncoder.encode(picture.name(), StandardCharsets.UTF_8));
    }

    @Test
    void anEventWhoseFunctionIsDownIsAnsweredSoThatItComesAgain() throws Exception {
        picture.put(PHOTO);
        String event = event();

        assertThat(Peer.post("/function/processimages?function=nosuch", event).statusCode())
                .isEqualTo(503);
        assertThat(Peer.post("/function/processimages", event).statusCode()).isEqualTo(200);
        picture.assertGreyResult();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "nonsense", "[1]", "[\"\"]", "{\"reconcile\": false}", "{\"Records\": [{}]}"})
    void whatIsInvalidIsExplained(String body) throws Exception {
        assertThat(Peer.post("/function/processimages", body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"Records\": [%s]}", "{\"reconcile\": [%s]}"})
    void jsonOfMoreValuesThanAreReadIsTooLarge(String body) throws Exception {
        String values = "{},".repeat(200_000) + "{}";

        var answer = Peer.post("/function/processimages", body.formatted(values));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Peer.json(answer).path("detail").asText()).startsWith("The JSON is too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"processimages", "loadimages", "a/b", "%2e%2e%2f"})
    void whatConvertsNothingIsNotCalled(String function) throws Exception {
        assertThat(Peer.post("/function/processimages?function=" + function, picture.names())
                        .statusCode())
                .isEqualTo(400);
    }
}
