package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Reply;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sends an animation learns from the answer that it shows one frame of it. */
final class FramesTest {
    private final Scene scene = new Scene();
    private final byte[] animation;

    FramesTest() throws IOException {
        animation = Files.readAllBytes(Path.of("../../samples/fixtures/animated.gif"));
        scene.peer
                .with("first", (exchange, body) -> {
                    exchange.getResponseHeaders().set("X-Frames", "24");
                    Peer.send(exchange, 200, "image/jpeg", body);
                })
                .with("odd", (exchange, body) -> {
                    exchange.getResponseHeaders().set("X-Frames", "many");
                    Peer.send(exchange, 200, "image/jpeg", body);
                });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            steps: [{function: first}, {function: a}]                                                    | 24
            steps: [{name: p, parallel: [{function: a}, {function: first}]}, {function: b}]              | 24
            steps: [{name: p, parallel: [{function: first}, {function: a}], aggregate: input}]           | none
            steps: [{function: a}]                                                                       | none
            steps: [{function: odd}]                                                                     | none
            pushdown: true; steps: [{function: bw}, {function: thumbnail}, {function: a}]                | 2
            pushdown: true; steps: [{name: s, foreach: [8], function: bw, query: {width: "${value}"}}]   | 2
            """)
    void theAnswerHasTheFramesOfTheFirstStep(String keys, String frames) throws Exception {
        scene.workflow(keys.replace("; ", "\n"));

        assertThat(run().headers().get("X-Frames")).isEqualTo(frames);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "a"})
    void aRunThatIsGoneOnWithKnowsThem(String last) throws Exception {
        scene.peer.with("bad", Peer.recovers(1, 422, Peer.appends("!")));
        scene.workflow(
                "durable: true\nsteps: [{function: first}, {function: bad}, {name: last, function: " + last + "}]");
        assertThat(run().status()).isEqualTo(502);

        Reply retried = scene.workflows().answer(Scene.call("POST", "retry-flow=call-1", Map.of(), ""));

        assertThat(retried.headers()).containsEntry("X-Frames", "24");
        assertThat(run().headers()).containsEntry("X-Frames", "24");
    }

    private Reply run() throws InterruptedException {
        return scene.workflows()
                .answer(new Call(
                        "chaining",
                        "call-1",
                        "POST",
                        "",
                        HttpHeaders.of(Map.of(), (name, value) -> true),
                        Map.of(),
                        animation));
    }
}
