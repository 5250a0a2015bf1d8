package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SequenceTest {
    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void bytesAndTypePassFromStepToStepAndToTheCallerUntouched() throws Exception {
        byte[] picture = new byte[300_000];
        new Random(1).nextBytes(picture);
        scene.peer.with("make", (exchange, body) -> Peer.send(exchange, 200, "image/x-test; a=b", picture));
        scene.peer.with(
                "keep",
                (exchange, body) -> Peer.send(
                        exchange,
                        200,
                        Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Content-Type")),
                        body));
        scene.workflow("steps: [{function: make}, {function: keep}, {function: keep, name: again}]");

        Reply reply = scene.run("anything");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsOnly(
                        Map.entry("Content-Type", "image/x-test; a=b"),
                        Map.entry("X-Gateway-Node", scene.peer.url().getAuthority()));
        assertThat(reply.body()).isEqualTo(picture);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image/png; name="a.png"  | image/png; name="a.png"
            image/png; name=\u00e9.png | image/png
            image/p\u00e9g            | application/octet-stream
            """)
    void aStepGetsOfATypeWhatCanBeSent(String type, String sent) throws Exception {
        scene.workflow("steps: [{function: make}, {function: take}]");
        scene.peer.with("make", Peer.answers(200, type, "made"));
        scene.peer.with("take", Peer.answers(200, "text/plain", "taken"));

        scene.workflows().answer(Scene.call("POST", "", Map.of("Content-Type", type), "body"));

        assertThat(scene.peer.only("make").header("Content-Type")).isEqualTo(sent);
        assertThat(scene.peer.only("take").header("Content-Type")).isEqualTo(sent);
    }

    @Test
    void theFirstStepGetsTheRequestsBodyAndType() throws Exception {
        scene.workflow("steps: [{function: a}]");

        scene.workflows().answer(Scene.call("POST", "", Map.of("Content-Type", "image/png"), "body"));

        assertThat(scene.peer.only("a").body()).isEqualTo("body");
        assertThat(scene.peer.only("a").header("Content-Type")).isEqualTo("image/png");
    }

    @Test
    void aStepSendsItsMethodQueryAndHeaders() throws Exception {
        scene.workflow("""
                steps:
                  - {function: a, method: PUT, query: {size: 100, tone: a b&c}, headers: {X-One: "1"}}
                  - {function: b, method: GET}
                """);

        scene.run("body");

        assertThat(scene.peer.only("a").method()).isEqualTo("PUT");
        assertThat(scene.peer.only("a").query()).isEqualTo("size=100&tone=a%20b%26c");
        assertThat(scene.peer.only("a").header("X-One")).isEqualTo("1");
        assertThat(scene.peer.only("b").method()).isEqualTo("GET");
        assertThat(scene.peer.only("b").body()).isEmpty();
    }

    @Test
    void callIdAndTraceArePassedOnToEveryStepAndEachIsASpanOfItsOwn() throws Exception {
        scene.workflow("steps: [{function: a}, {name: p, parallel: [{function: b}], aggregate: c}]");
        Map<String, String> headers = Map.of(
                "X-Call-Id", "call-7",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "tracestate", "vendor=1",
                "Authorization", "secret");

        scene.workflows().answer(Scene.call("POST", "", headers, "body"));

        assertThat(scene.peer.called()).containsExactly("a", "b", "c");
        assertThat(scene.peer.seen()).allSatisfy(call -> {
            assertThat(call.header("X-Call-Id")).isEqualTo("call-7");
            assertThat(call.header("traceparent"))
                    .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
                    .doesNotContain("00f067aa0ba902b7");
            assertThat(call.header("tracestate")).isEqualTo("vendor=1");
            assertThat(call.header("Authorization")).isEqualTo("none");
        });
        assertThat(scene.peer.seen())
                .extracting(call -> call.header("traceparent"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aNestedSequenceRunsInOrder() throws Exception {
        scene.workflow(
                "steps: [{function: a}, {name: in, steps: [{function: b}, {function: c}]}, {function: a, name: z}]");

        assertThat(Scene.text(scene.run("-"))).isEqualTo("-abca");
    }

    @Test
    void anIncludedWorkflowRunsInItsPlaceWithItsOwnFinalHooks() throws Exception {
        scene.file("inner.yml", "workflow: {steps: [{function: b}], finally: c}");
        scene.workflow("steps: [{function: a}, {workflow: inner}, {function: a, name: z}]");

        assertThat(Scene.text(scene.run("-"))).isEqualTo("-aba");
        assertThat(scene.peer.called()).containsExactly("a", "b", "c", "a");
    }

    @Test
    void aWorkflowIsSelectedByItsFileName() throws Exception {
        scene.file("other.yaml", "workflow: {steps: [{function: b}]}");
        scene.workflow("steps: [{function: a}]");

        assertThat(Scene.text(scene.run("-"))).isEqualTo("-a");
        assertThat(Scene.text(scene.workflows().answer(Scene.call("POST", "workflow=other", Map.of(), "-"))))
                .isEqualTo("-b");
    }

    @Test
    void theBuiltInWorkflowIsTransposeBwThumbnail() throws Exception {
        scene.peer
                .with("transpose", Peer.appends("t"))
                .with("bw", Peer.appends("b"))
                .with("thumbnail", Peer.appends("n"));

        assertThat(Scene.text(scene.run("-"))).isEqualTo("-tbn");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            query: {tone: grey}                   | tone=grey         | true
            query: {tone: grey}                   | tone=red          | false
            query: {tone: grey}                   | other=grey        | false
            query: {tone: grey}                   | tone=red&tone=grey| true
            query: {tone: [grey, red]}            | tone=red          | true
            query: {tone: gr*}                    | tone=grey         | true
            query: {tone: "*"}                    | tone=             | true
            query: {tone: "*"}                    | size=1            | false
            query: {tone: grey, size: 1}          | tone=grey         | false
            header: {x-tone: grey}                | -                 | true
            header: {X-Tone: red}                 | -                 | false
            content_type: image/png               | -                 | true
            content_type: image/*                 | -                 | true
            content_type: [image/jpeg, text/*]    | -                 | false
            larger_than: 3                        | -                 | true
            larger_than: 4                        | -                 | false
            smaller_than: 5                       | -                 | true
            smaller_than: 4                       | -                 | false
            not: {larger_than: 4}                 | -                 | true
            larger_than: 3, not: {query: {x: 1}}  | x=1               | false
            """)
    void aStepRunsWhenItsConditionHolds(String when, String query, boolean runs) throws Exception {
        scene.workflow("steps: [{function: a, when: {" + when + "}}, {function: b}]");
        Map<String, String> headers = Map.of("Content-Type", "IMAGE/PNG; q=1", "X-Tone", "grey");

        Reply reply = scene.workflows().answer(Scene.call("POST", query, headers, "four"));

        assertThat(Scene.text(reply)).isEqualTo(runs ? "fourab" : "fourb");
    }

    @Test
    void aConditionComparesTheBodyAsItIsByThen() throws Exception {
        scene.peer.with("png", Peer.answers(200, "image/png", "12345678"));
        scene.workflow("steps: [{function: a, when: {larger_than: 5}}, {function: png},"
                + " {function: b, when: {larger_than: 5, content_type: image/png}}]");

        assertThat(Scene.text(scene.run("1"))).isEqualTo("12345678b");
    }

    @Test
    void aGetIsAnsweredWithTheUsage() throws Exception {
        scene.file("other.yml", "workflow: {steps: [{function: b}]}");

        Reply reply = scene.workflows().answer(Scene.call("GET", "", Map.of("Host", "here:1"), ""));

        assertThat(Scene.text(reply))
                .contains("curl --data-binary @photo.jpg http://here:1/ -o")
                .contains("one of: other, workflow (default: workflow)");
        assertThat(scene.peer.called()).isEmpty();
    }

    @Test
    void aProgramIsToldWhichWorkflowsThereAreAndWhatTheyRead() throws Exception {
        scene.file(
                "sized.yml", "workflow: {name: small ones, steps: [{function: b, query: {width: '${query.width}'}}]}");

        Reply reply = scene.workflows().answer(Scene.call("GET", "", Map.of("Accept", "application/json"), ""));

        assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
        assertThat(Scene.text(reply))
                .contains("\"variants\":[{\"name\":\"sized\",\"query\":\"workflow=sized\",\"summary\":\"small ones\","
                        + "\"parameters\":[{\"name\":\"width\",");
    }

    @Test
    void theGraphAsJsonNumbersStepsAsRunsDo() throws Exception {
        scene.file("all.yml", """
                workflow:
                  steps:
                    - function: a
                    - name: branches
                      parallel:
                        - function: b
                        - name: two
                          steps: [{function: c}, {function: d}]
                    - name: each
                      foreach: [1, 2]
                      as: n
                      function: e
                  finally: {function: f}
                """);

        Reply reply = scene.workflows().answer(Scene.call("GET", "workflow=all&export=json", Map.of(), ""));

        Map<String, String> indices = new HashMap<>();
        new ObjectMapper().readTree(reply.body()).findParents("shape").forEach(node -> {
            if (!node.path("index").asText().isEmpty()) {
                indices.put(
                        node.path("lines").get(0).asText(), node.path("index").asText());
            }
        });
        assertThat(indices).isEqualTo(Map.of("a", "0", "b", "1.0", "c", "1.1.0", "d", "1.1.1", "e", "2.*.0", "f", "3"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | workflow=none          | There is no workflow "none"; the workflows are: workflow.
            POST | workflow=a&workflow=b  | The parameter "workflow" is given 2 times: give it once.
            POST | explain=yes            | explain must be true or false, not "yes".
            GET  | export=svg             | export must be mermaid, dot or json, not "svg".
            PUT  | x=y                    | PUT is not answered here: POST a picture, or GET the usage text.
            """)
    void aBadRequestIsAnsweredWithAProblem(String method, String query, String detail) {
        assertThatThrownBy(() -> scene.workflows().answer(Scene.call(method, query, Map.of(), "")))
                .isInstanceOf(ProblemException.class)
                .hasMessage(detail);
    }
}
