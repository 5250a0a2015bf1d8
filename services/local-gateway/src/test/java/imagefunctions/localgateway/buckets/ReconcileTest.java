package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.localgateway.HeldFunctions;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reconcile makes up for, and what it leaves alone since it has failed. */
@QuarkusTest
final class ReconcileTest {
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");
    private static final Path OTHER_PHOTO = Path.of("../../docs/pictures/seeding.thumbnail.jpg");

    @Inject
    ObjectStore store;

    @Inject
    ObjectStoreSettings settings;

    @Inject
    LocalStore local;

    @Inject
    DeafStore deaf;

    @Inject
    UnseenPicture picture;

    @AfterEach
    void tidy() throws Exception {
        picture.delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg; name=\"\u0444\u043e\u0442\u043e.jpg\"", "image/jpeg; name=\"\u732b.jpg\""})
    void aTypeThatCannotBeSentFailsItsPictureAlone(String type) throws Exception {
        picture.put(PHOTO);
        String odd = "odd-" + UUID.randomUUID() + ".jpg";
        uploadUnseen(odd, type);

        JsonNode entries = Peer.process("?detail=true", "{\"reconcile\": true}");

        assertThat(entries.findValuesAsText("name")).contains(odd, picture.name());
        assertThat(entries.findValuesAsText("reason"))
                .anyMatch(reason -> reason.contains(type) && reason.endsWith("store it with another Content-Type."));
        picture.assertGreyResult();
        assertThat(store.stat("failed", odd))
                .hasValueSatisfying(info -> assertThat(info.metadata()).containsEntry("never", "true"));
        assertThat(Peer.process("?detail=true", "{\"reconcile\": true}").toString())
                .doesNotContain(odd);
        store.delete("incoming", odd);
        store.delete("failed", odd);
    }

    /** As clients do that send a header's bytes as they are given. */
    @SuppressWarnings("try") // its close may be interrupted, as the test may
    private void uploadUnseen(String key, String type) throws Exception {
        try (MinioClient client = MinioClient.builder()
                .endpoint(deaf.url().toString())
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
    void aPictureThatCannotBeAskedForIsReportedByOneReconcile() throws Exception {
        picture.put(PHOTO);
        Path incoming = local.objects().resolve("incoming");
        // Another one each time: that it was reported is kept.
        String rest = UUID.randomUUID() + ".jpg";
        run("mv " + picture.name().replace(' ', '?') + " $'\\xff'" + rest, incoming);

        JsonNode entries = Peer.process("?detail=true", "{\"reconcile\": true}");

        assertThat(entries.findValuesAsText("name")).contains("\uFFFD" + rest);
        assertThat(entries.findValuesAsText("reason"))
                .contains("The key \uFFFD" + rest + " is not UTF-8: store it under one that is.");
        assertThat(Peer.process("?detail=true", "{\"reconcile\": true}").findValuesAsText("name"))
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
        deaf.store().put("incoming", made, nothing, "application/x-directory", Map.of());

        assertThat(Peer.process("?detail=true", "{\"reconcile\": true}").toString())
                .doesNotContain(made);
        assertThat(Peer.process("?detail=true", "[\"" + made + "\"]")
                        .get(0)
                        .path("outcome")
                        .asText())
                .isEqualTo("ignored");
        store.delete("incoming", made);
    }

    @Test
    void whatFailsWithTheParametersOfOneCallIsStillConvertedWithoutThem() throws Exception {
        picture.put(PHOTO);
        assertThat(picture.outcome("?detail=true&function=bw&quality=high")).isEqualTo("failed");

        assertThat(Peer.process("", "{\"reconcile\": true}").toString()).contains(picture.name());
        picture.assertGreyResult();
        assertThat(store.stat("failed", picture.name())).isEmpty();
    }

    @Test
    void reconcileMakesUpForLostEventsAndForResultsThatAreOld(@TempDir Path folder) throws Exception {
        picture.put(PHOTO);
        assertThat(Peer.process("", "{\"reconcile\": true}").toString()).contains(picture.name());
        picture.assertGreyResult();

        picture.put(OTHER_PHOTO);
        assertThat(Peer.process("", "{\"reconcile\": true}").toString()).contains(picture.name());
        picture.assertGreyResult();

        assertThat(Peer.process("", "{\"reconcile\": true}").toString()).doesNotContain(picture.name());
    }

    @Test
    void anEmptyBodyReconcilesSinceTheCronConnectorSendsNone() throws Exception {
        picture.put(PHOTO);

        assertThat(Peer.process("", "").toString()).contains(picture.name());
        picture.assertGreyResult();
    }

    @Test
    void aPictureThatNeverWillDoIsNotedAndNotTriedAtEveryReconcile(@TempDir Path folder) throws Exception {
        picture.put(Files.writeString(folder.resolve("garbage"), "no picture"));

        JsonNode entries = Peer.process("?detail=true", "{\"reconcile\": true}");
        assertThat(entries.toString()).contains(picture.name(), "failed", "415");
        Optional<ObjectInfo> note = store.stat("failed", picture.name());
        assertThat(note).hasValueSatisfying(info -> assertThat(info.metadata())
                .containsEntry("source-etag", info.metadata().get("source-etag"))
                .containsEntry("attempts", "1"));
        assertThat(Peer.process("?detail=true", "{\"reconcile\": true}").toString())
                .doesNotContain(picture.name());

        picture.put(PHOTO);
        assertThat(Peer.process("?detail=true", "{\"reconcile\": true}").toString())
                .contains(picture.name(), "processed");
        assertThat(store.stat("failed", picture.name())).isEmpty();
    }

    @Test
    void aPictureForWhichThereWasNoMemoryIsTriedAgainLater() throws Exception {
        picture.put(PHOTO);
        String query = "?detail=true&function=starved";
        HeldFunctions.STARVED.set(true);
        JsonNode entries = Peer.process(query, "{\"reconcile\": true}");
        HeldFunctions.STARVED.set(false);

        assertThat(entries.findValuesAsText("reason")).anyMatch(reason -> reason.contains("starved answered 503"));
        assertThat(store.stat("failed", picture.name())).hasValueSatisfying(info -> assertThat(info.metadata())
                .containsEntry("never", "false")
                .containsEntry("attempts", "1"));
        assertThat(Peer.process(query, "{\"reconcile\": true}").toString())
                .as("before its wait is over")
                .doesNotContain(picture.name());
        noted(Instant.now().minus(Duration.ofDays(1)));
        assertThat(Peer.process(query, "{\"reconcile\": true}").toString()).contains(picture.name(), "processed");
        assertThat(store.stat("failed", picture.name())).isEmpty();
    }

    /** Has the record of a failure be as old as this. */
    private void noted(Instant time) throws IOException {
        Files.setLastModifiedTime(local.objects().resolve("failed").resolve(picture.name()), FileTime.from(time));
    }

    @Test
    void aFailureThatWasNotedBeforeTheClockWasPutBackIsTriedAgainNow() throws Exception {
        picture.put(PHOTO);
        Peer.process("?function=nosuch", picture.names());
        assertThat(store.stat("failed", picture.name())).isPresent();
        String query = "?detail=true&function=nosuch";
        assertThat(Peer.process(query, "{\"reconcile\": true}").toString()).doesNotContain(picture.name());

        noted(Instant.now().plus(Duration.ofDays(1)));

        assertThat(Peer.process(query, "{\"reconcile\": true}").toString()).contains(picture.name());
    }
}
