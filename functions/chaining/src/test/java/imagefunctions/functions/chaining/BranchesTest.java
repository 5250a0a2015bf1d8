package imagefunctions.functions.chaining;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.runtime.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class BranchesTest {
    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private static Map<String, String> unzipped(Reply reply) throws IOException {
        assertThat(reply.headers()).containsEntry("Content-Type", "application/zip");
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(reply.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void branchesGetTheSameBodyAndTheirResultsAreZippedByName() throws Exception {
        scene.peer.with("png", Peer.answers(200, "image/png", "P"));
        scene.workflow("""
                steps:
                  - function: a
                  - name: all
                    parallel:
                      - {function: b}
                      - {name: two, steps: [{function: b}, {function: c}]}
                      - {name: picture, function: png}
                    aggregate: zip
                """);

        Reply reply = scene.workflows().answer(Scene.call("POST", "", Map.of("Content-Type", "text/plain"), "-"));

        assertThat(unzipped(reply))
                .containsExactly(
                        Map.entry("b.txt", "-ab"), Map.entry("two.txt", "-abc"), Map.entry("picture.png", "P"));
    }

    @Test
    void theSameResultsGiveTheSameZip() throws Exception {
        scene.workflow("steps: [{name: p, parallel: [{function: a}, {function: b}]}]");

        assertThat(scene.run("-").body()).isEqualTo(scene.run("-").body());
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFD8FFE0, 0x89504E47})
    void aPictureWithoutContentTypeIsNamedAfterItsFirstBytes(int magic) throws Exception {
        byte[] picture = {
            (byte) (magic >> 24), (byte) (magic >> 16), (byte) (magic >> 8), (byte) magic, 13, 10, 26, 10, 0, 0, 0, 0
        };
        scene.peer.with("picture", (exchange, body) -> {
            exchange.sendResponseHeaders(200, picture.length);
            exchange.getResponseBody().write(picture);
        });
        scene.workflow("steps: [{name: p, parallel: [{name: x, function: picture}]}]");

        assertThat(unzipped(scene.run("-")).keySet()).containsExactly(magic < 0xFF000000 ? "x.png" : "x.jpg");
    }

    @ParameterizedTest
    @CsvSource({"first, -a", "input, -", "{function: size}, 2"})
    void theAggregateIsConfigurable(String aggregate, String result) throws Exception {
        scene.peer.with("size", (exchange, body) -> {
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(body))) {
                int count = 0;
                while (zip.getNextEntry() != null) {
                    count++;
                }
                Peer.send(exchange, 200, "text/plain", ("" + count).getBytes(StandardCharsets.UTF_8));
            }
        });
        scene.workflow("steps: [{name: p, parallel: [{function: a}, {function: b}], aggregate: " + aggregate + "}]");

        assertThat(Scene.text(scene.run("-"))).isEqualTo(result);
    }

    @Test
    void branchesRunAtTheSameTime() throws Exception {
        CyclicBarrier together = new CyclicBarrier(20);
        scene.peer.with("meet", (exchange, body) -> {
            try {
                together.await(10, TimeUnit.SECONDS);
                Peer.send(exchange, 200, "text/plain", body);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new IOException(e);
            }
        });
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            branches.append("{name: m").append(i).append(", function: meet},");
        }
        scene.workflow("steps: [{name: p, parallel: [" + branches + "], aggregate: first}]");

        assertThat(scene.run("-").status()).isEqualTo(200);
    }

    @Test
    void foreachRunsItsFunctionOnceForEveryValue() throws Exception {
        scene.peer.with(
                "resize",
                (exchange, body) -> Peer.send(
                        exchange,
                        200,
                        "text/plain",
                        (new String(body, StandardCharsets.UTF_8) + "@"
                                        + exchange.getRequestURI().getQuery() + "/"
                                        + exchange.getRequestHeaders().getFirst("X-Size"))
                                .getBytes(StandardCharsets.UTF_8)));
        scene.workflow("""
                steps:
                  - name: sizes
                    foreach: [100, 200, 200, a b/c]
                    as: size
                    function: resize
                    query: {width: "${size}", both: "${size}x${size}"}
                    headers: {X-Size: "<${size}>"}
                """);

        assertThat(unzipped(scene.run("-")))
                .containsExactly(
                        Map.entry("100.txt", "-@width=100&both=100x100/<100>"),
                        Map.entry("200.txt", "-@width=200&both=200x200/<200>"),
                        Map.entry("200-2.txt", "-@width=200&both=200x200/<200>"),
                        Map.entry("a_b_c.txt", "-@width=a b/c&both=a b/cxa b/c/<a b/c>"));
    }

    @Test
    void foreachIteratesOverTheListOfAnEarlierFunctionWhileTheBodyStays() throws Exception {
        scene.peer.with("list", Peer.answers(200, "application/json", "[\"x\", 2, true]"));
        scene.workflow("""
                steps:
                  - {function: a}
                  - {name: names, function: list}
                  - {function: b}
                  - name: each
                    foreach: names
                    steps: [{function: c, query: {v: "${value}"}}]
                """);

        Map<String, String> files = unzipped(scene.run("-"));

        assertThat(files).hasSize(3).containsValue("-abc");
        assertThat(files.keySet()).containsExactly("x.bin", "2.bin", "true.bin");
        assertThat(scene.peer.only("list").body()).isEqualTo("-a");
        assertThat(scene.peer.seen()).extracting(Peer.Seen::query).contains("v=x", "v=2", "v=true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1}     | it is JSON, but not a list
            [1, [2]]     | value 1 is not a string, number or boolean
            [1, null]    | value 1 is not a string, number or boolean
            <html>       | did not answer with a JSON list for foreach
            """)
    void anAnswerThatIsNotAListIsAFailureOfItsStep(String answer, String said) throws Exception {
        scene.peer.with("list", Peer.answers(200, "application/json", answer));
        scene.workflow("steps: [{name: names, function: list}, {name: e, foreach: names, function: a}]");

        Reply reply = scene.run("-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).containsEntry("X-Workflow-Step", "names");
        assertThat(Scene.text(reply)).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            100    | it has 101 values, at most 100 are allowed
            300000 | it has far more than 100 values
            """)
    void anAnswerWithTooManyValuesIsAFailureOfItsStep(int more, String said) throws Exception {
        scene.peer.with("list", Peer.answers(200, "application/json", "[" + "1,".repeat(more) + "1]"));
        scene.workflow("steps: [{name: names, function: list}, {name: e, foreach: names, function: a}]");

        assertThat(Scene.text(scene.run("-"))).contains(said);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void foreachHonoursMaxParallel(int most) throws Exception {
        CyclicBarrier together = new CyclicBarrier(most);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        scene.peer.with("meet", (exchange, body) -> {
            seen.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                together.await(10, TimeUnit.SECONDS);
                // The next one can be here before the answer is all sent.
                running.decrementAndGet();
                Peer.send(exchange, 200, "text/plain", body);
            } catch (BrokenBarrierException | TimeoutException e) {
                throw new IOException(e);
            }
        });
        scene.workflow("steps: [{name: e, foreach: [1, 2, 3, 4, 5, 6], function: meet, max_parallel: " + most
                + ", aggregate: first}]");

        assertThat(scene.run("-").status()).isEqualTo(200);
        assertThat(seen).hasValue(most);
    }

    @Test
    void branchesThatMayFailAreLeftOutAndTheAnswerSaysSo() throws Exception {
        scene.peer.with(
                "bad",
                (exchange, body) -> Peer.send(
                        exchange, "v=2".equals(exchange.getRequestURI().getQuery()) ? 500 : 200, "text/plain", body));
        scene.workflow("""
                steps:
                  - name: p
                    parallel:
                      - {function: a}
                      - {name: x, function: bad, query: {v: 2}, on_failure: continue}
                    aggregate: input
                  - name: e
                    foreach: [1, 2, 3]
                    on_failure: continue
                    function: bad
                    query: {v: "${value}"}
                """);

        Reply reply = scene.run("-");

        assertThat(unzipped(reply).keySet()).containsExactly("1.txt", "3.txt");
        assertThat(reply.headers()).containsEntry("X-Workflow-Left-Out", "p/x, e[2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: e, foreach: [1, 2], on_failure: continue, function: none}",
                "{name: e, parallel: [{function: none, on_failure: continue}], aggregate: first}",
                "{name: e, parallel: [{function: a, when: {larger_than: 9}}]}"
            })
    void branchesWithoutAnyResultAreAFailure(String step) throws Exception {
        Reply reply = scene.workflow("steps: [" + step + "]").run("-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).containsEntry("X-Workflow-Step", "e");
        assertThat(Scene.text(reply)).contains("has no result: none of its");
    }

    @Test
    void aValueThatIsInvalidInAHeaderIsAFailureWithAReason() throws Exception {
        scene.peer.with("list", Peer.answers(200, "application/json", "[\"a\\nb\"]"));
        scene.workflow("steps: [{name: names, function: list},"
                + " {name: e, foreach: names, function: a, headers: {X-V: \"${value}\"}}]");

        Reply reply = scene.run("-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(Scene.text(reply)).contains("could not be called: invalid header value");
    }
}
