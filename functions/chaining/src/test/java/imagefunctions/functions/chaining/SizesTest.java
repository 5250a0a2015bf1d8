package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.Imaging;
import imagefunctions.imaging.Recipe;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code foreach} over one picture, pushed down. */
final class SizesTest {
    private static final String EACH = "steps:\n  - name: sizes\n    as: size\n    foreach: ";
    private static final String THUMBNAIL = "\n    function: thumbnail\n    query: {width: \"${size}\"}";

    private final Scene scene = new Scene();
    private final byte[] photo;

    SizesTest() throws IOException {
        photo = Files.readAllBytes(Path.of("../../samples/portrait.jpg"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Reply run(byte[] body, String query) throws InterruptedException {
        Map<String, List<String>> parameters = query.isEmpty() ? Map.of() : Map.of(query, List.of("true"));
        return scene.workflows()
                .answer(new Call(
                        "chaining", "call-1", "POST", "", HttpHeaders.of(Map.of(), (n, v) -> true), parameters, body));
    }

    private static Map<String, byte[]> unzipped(Reply reply) throws IOException {
        assertThat(reply.status()).as(Scene.text(reply)).isEqualTo(200);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(reply.body()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private byte[] thumbnail(String width) {
        return new Imaging(new PixelLimit(PixelLimit.DEFAULT))
                .run(photo, Recipe.THUMBNAIL.with(Map.of("width", width)))
                .file();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void everyValueGetsWhatTheFunctionAnswersWithoutACall(String durable) throws Exception {
        scene.workflow("pushdown: true\ndurable: " + durable + "\n" + EACH + "[64, 300, 900]" + THUMBNAIL);

        Map<String, byte[]> sizes = unzipped(run(photo, ""));

        assertThat(scene.peer.called()).isEmpty();
        assertThat(sizes.keySet()).containsExactly("64.jpg", "300.jpg", "900.jpg");
        for (String width : List.of("64", "300", "900")) {
            assertThat(sizes.get(width + ".jpg")).isEqualTo(thumbnail(width));
        }
    }

    @Test
    void aListOfAFunctionDoesToo() throws Exception {
        scene.peer.with("list", Peer.answers(200, "application/json", "[64, 96]"));
        scene.workflow("pushdown: true\n" + EACH.replace("steps:", "steps:\n  - function: list") + "list" + THUMBNAIL);

        assertThat(unzipped(run(photo, "")).keySet()).containsExactly("64.jpg", "96.jpg");
        assertThat(scene.peer.called()).containsExactly("list");
    }

    @Test
    void everyValueIsAStepOfItsOwn() throws Exception {
        scene.workflow("pushdown: true\n" + EACH + "[64, 96]" + THUMBNAIL);

        assertThat(Scene.text(run(photo, "explain")))
                .contains("\"sizes[64]/thumbnail\"", "\"sizes[96]/thumbnail\"", "\"0.1.0\"");
    }

    @Test
    void aValueThatCannotBeIsLeftOutAlone() throws Exception {
        scene.workflow("pushdown: true\n" + EACH + "[64, none, 96]" + THUMBNAIL + "\n    if_failed: continue");

        Reply reply = run(photo, "");

        assertThat(unzipped(reply).keySet()).containsExactly("64.jpg", "96.jpg");
        assertThat(reply.headers()).containsEntry("X-Workflow-Left-Out", "sizes[none]");
    }

    @Test
    void whatIsNoPictureIsRefusedAsTheFunctionRefusesIt() throws Exception {
        scene.workflow("pushdown: true\n" + EACH + "[64, 96]" + THUMBNAIL);

        Reply reply = run("no picture".getBytes(StandardCharsets.UTF_8), "");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(Scene.text(reply)).contains("\"stepStatus\" : 415");
    }

    @Test
    void withoutPushdownTheFunctionIsCalled() throws Exception {
        scene.peer.with("thumbnail", Peer.answers(200, "image/jpeg", "small"));
        scene.workflow(EACH + "[64, 96]" + THUMBNAIL);

        run(photo, "");

        assertThat(scene.peer.called()).containsExactly("thumbnail", "thumbnail");
    }

    @Test
    void theFilesOfAZipHaveNoPictureInCommon() throws Exception {
        scene.peer.with("thumbnail", Peer.answers(200, "image/jpeg", "small"));
        scene.workflow("pushdown: true\n" + EACH + "{entries_of: zip}" + THUMBNAIL);

        unzipped(scene.workflows().answer(LanguageTest.zip("one.jpg", "two.jpg")));

        assertThat(scene.peer.called()).containsExactly("thumbnail", "thumbnail");
    }
}
