package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.runtime.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked examples; the gateway's tests run them with the real functions too. */
final class ExamplesTest {
    private static final Path FOLDER = Path.of("examples");

    private final Scene scene = new Scene();

    @BeforeEach
    void readExamples() {
        scene.folder(FOLDER);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    static List<String> examples() throws Exception {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".yml", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theDocumentationShowsTheFileAndItsGraphAsExported(String name) throws Exception {
        String documentation = Files.readString(Path.of("../../docs/workflows.md"));
        Reply graph = scene.workflows().answer(Scene.call("GET", "workflow=" + name + "&export=mermaid", Map.of(), ""));

        assertThat(documentation)
                .contains("```yaml\n" + Files.readString(FOLDER.resolve(name + ".yml")) + "```")
                .contains("```mermaid\n" + Scene.text(graph) + "```");
    }

    @ParameterizedTest
    @CsvSource({"width=320, grey, width=320&height=128, grey", "'', '', width=128&height=128, sepia"})
    void theRequestExampleTakesWhatTheRequestSays(String asked, String tone, String query, String tint)
            throws Exception {
        scene.peer
                .with("thumbnail", Peer.answers(200, "image/jpeg", "small"))
                .with("tint", Peer.answers(200, "image/jpeg", "tinted"));

        Reply reply = scene.workflows()
                .answer(Scene.call(
                        "POST",
                        "workflow=request&" + asked,
                        tone.isEmpty() ? Map.of() : Map.of("X-Tone", tone),
                        "picture"));

        assertThat(Scene.text(reply)).isEqualTo("tinted");
        assertThat(scene.peer.only("thumbnail").query()).isEqualTo(query);
        assertThat(scene.peer.only("tint").header("X-Tone")).isEqualTo(tint);
    }

    @Test
    void theFailureExampleRetriesLeavesOutAndReports() throws Exception {
        scene.peer
                .with("watermark", Peer.answers(500, "text/plain", "no ink"))
                .with("thumbnail", Peer.recovers(1, 503, Peer.answers(200, "image/jpeg", "small")))
                .with("audit", Peer.answers(200, "text/plain", "noted"));

        Reply reply = scene.workflows().answer(Scene.call("POST", "workflow=failure", Map.of(), "picture"));

        assertThat(Scene.text(reply)).isEqualTo("small");
        assertThat(reply.headers()).containsEntry("X-Workflow-Left-Out", "watermark");
        assertThat(scene.peer.called()).containsExactly("watermark", "thumbnail", "thumbnail", "audit");
    }

    @Test
    void theFailureExampleReportsAPermanentFailure() throws Exception {
        scene.peer.with("thumbnail", Peer.answers(200, "text/html", "<html>"));

        Reply reply = scene.workflows().answer(Scene.call("POST", "workflow=failure", Map.of(), "picture"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(scene.peer.called()).containsExactly("watermark", "thumbnail", "notify", "audit");
        assertThat(scene.peer.only("notify").body()).isEqualTo(Scene.text(reply));
    }

    @ParameterizedTest
    @CsvSource({"portrait, width=90&height=160", "landscape, width=160&height=90"})
    void theAnswerExampleDoesWhatTheFirstStepSaid(String answer, String query) throws Exception {
        scene.peer
                .with("classify", Peer.answers(200, "text/plain", answer))
                .with("thumbnail", Peer.answers(200, "image/jpeg", "small"));

        Reply reply = scene.workflows().answer(Scene.call("POST", "workflow=answer", Map.of(), "picture"));

        assertThat(Scene.text(reply)).isEqualTo("small");
        assertThat(scene.peer.only("thumbnail").query()).isEqualTo(query);
        assertThat(scene.peer.only("thumbnail").body()).isEqualTo("picture");
    }

    @Test
    void theAnswerExampleFallsBack() throws Exception {
        scene.peer
                .with("classify", Peer.answers(200, "text/plain", "landscape"))
                .with("thumbnail", Peer.answers(422, "text/plain", "no"))
                .with("draft", Peer.answers(200, "image/jpeg", "draft"));

        Reply reply = scene.workflows().answer(Scene.call("POST", "workflow=answer", Map.of(), "picture"));

        assertThat(Scene.text(reply)).isEqualTo("draft");
    }
}
