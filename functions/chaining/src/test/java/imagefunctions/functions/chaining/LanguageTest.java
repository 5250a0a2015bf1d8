package imagefunctions.functions.chaining;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workflow file can say about the request, earlier answers, failures and archives. */
final class LanguageTest {
    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    private Reply ask(String query, Map<String, String> headers, String body) throws InterruptedException {
        return scene.workflows().answer(Scene.call("POST", query, headers, body));
    }

    @ParameterizedTest
    @CsvSource({
        "'',            '',      width=128&tone=none",
        "width=64,      grey,    width=64&tone=grey",
        "width=${tone}, a b&c,   width=%24%7Btone%7D&tone=a%20b%26c",
        "'width=',      '',      width=&tone=none"
    })
    void aStepsQueryTakesWhatTheRequestSaysOrTheDefault(String query, String tone, String sent) throws Exception {
        scene.workflow(
                "steps:\n  - function: a\n    query: {width: \"${query.width:128}\", tone: \"${header.X-Tone:none}\"}");

        Reply reply = ask(query, tone.isEmpty() ? Map.of() : Map.of("X-Tone", tone), "-");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(scene.peer.only("a").query()).isEqualTo(sent);
    }

    @Test
    void aStepsHeaderTakesThemTooAndIsEmptyWithoutADefault() throws Exception {
        scene.workflow("steps:\n  - function: a\n    headers: {X-Size: \"w${query.width}h${query.height:9}\"}");

        ask("width=7", Map.of(), "-");

        assertThat(scene.peer.only("a").header("X-Size")).isEqualTo("w7h9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grün", "a\r\nX-Evil: 1"})
    void aHeaderThatCannotBeSentAsItIsFailsItsStep(String tone) throws Exception {
        scene.workflow("steps:\n  - function: a\n    headers: {X-Tone: \"${query.tone}\"}");

        Reply reply = ask("tone=" + tone, Map.of(), "-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(Scene.text(reply)).contains("check its query and headers");
        assertThat(scene.peer.called()).isEmpty();
    }

    @Test
    void aParameterThatNoStepReadsIsRefusedIfTheCallerPrefersThat() throws Exception {
        scene.file("inner.yml", "workflow:\n  steps: [{function: a, query: {w: \"${query.inner}\"}}]\n")
                .workflow("steps:\n  - function: a\n    when: {query: {tone: grey}}\n  - workflow: inner");

        assertThat(ask("flow=photos", Map.of(), "-").status()).isEqualTo(200);
        int calls = scene.peer.called().size();
        assertThatThrownBy(() -> ask("flow=photos", Map.of("Prefer", "handling=strict"), "-"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(400))
                .hasMessageContaining("reads no parameter \"flow\"; there are: explain, export, inner, tone, workflow");
        assertThat(scene.peer.called()).hasSize(calls);
    }

    @ParameterizedTest
    @CsvSource({
        "portrait,          text/plain,       -b",
        "'\"portrait\"',    application/json, -b",
        "' portrait\n',     text/plain,       -b",
        "landscape,         text/plain,       -c",
        "portrait 1,        text/plain,       -c"
    })
    void aConditionTestsWhatAnEarlierStepAnswered(String answer, String type, String result) throws Exception {
        scene.peer.with("classify", Peer.answers(200, type, answer));
        scene.workflow("steps:\n  - function: classify\n  - function: b\n    when: {answer: {classify: portrait}}\n"
                + "  - name: otherwise\n    when: {not: {answer: {classify: portrait}}}\n    steps: [{function: c}]");

        assertThat(Scene.text(ask("", Map.of(), "-"))).isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"90 degrees", "1.50", "true story", "1e3", "\"quoted\" text", "{\"a\": 1}"})
    void whatIsNoJsonStringIsTestedAsItIsWritten(String answer) throws Exception {
        scene.peer.with("classify", Peer.answers(200, "text/plain", answer));
        scene.workflow(
                "steps:\n  - function: classify\n  - function: b\n    when: {answer: {classify: '" + answer + "'}}");

        assertThat(Scene.text(ask("", Map.of(), "-"))).isEqualTo("-b");
    }

    @Test
    void anAnswerThatIsNoShortTextFailsItsStep() throws Exception {
        scene.peer.with("classify", Peer.sends(200, 100_000));
        scene.workflow("steps:\n  - function: classify\n  - function: b\n    when: {answer: {classify: portrait}}");

        Reply reply = ask("", Map.of(), "-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(Scene.text(reply)).contains("did not answer with a text for when");
    }

    @Test
    void aFallbackSuppliesTheAnswerOfAStepThatFailed() throws Exception {
        scene.peer.with("bad", Peer.answers(422, "text/plain", "no"));
        scene.workflow("steps: [{function: a}, {function: bad, if_failed: {use: b}}, {function: c}]");

        Reply reply = ask("", Map.of(), "-");

        assertThat(Scene.text(reply)).isEqualTo("-abc");
        assertThat(reply.headers()).doesNotContainKey("X-Workflow-Left-Out");
        assertThat(scene.peer.called()).containsExactly("a", "bad", "b", "c");
    }

    @Test
    void aFallbackWithinAForeachKnowsItsValue() throws Exception {
        scene.peer.with("bad", Peer.answers(422, "text/plain", "no"));
        scene.workflow("steps:\n  - name: each\n    foreach: [7]\n    function: bad\n"
                + "    if_failed: {use: {function: b, query: {width: \"${query.w:5}\"}}}\n    aggregate: first");

        assertThat(Scene.text(ask("", Map.of(), "-"))).isEqualTo("-b");
        assertThat(scene.peer.only("b").query()).isEqualTo("width=5");
    }

    @Test
    void aFallbackThatFailsFailsItsStep() throws Exception {
        scene.peer
                .with("bad", Peer.answers(422, "text/plain", "no"))
                .with("worse", Peer.answers(500, "text/plain", "worse"));
        scene.workflow("steps: [{function: bad, if_failed: {use: worse}}]");

        Reply reply = ask("", Map.of(), "-");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).containsEntry("X-Workflow-Step", "bad/worse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"if_failed", "on_failure"})
    void theOldSpellingIsStillRead(String key) throws Exception {
        scene.peer.with("bad", Peer.answers(422, "text/plain", "no"));
        scene.workflow("steps: [{function: bad, " + key + ": continue}, {function: a}]");

        assertThat(ask("", Map.of(), "-").headers()).containsEntry("X-Workflow-Left-Out", "bad");
    }

    static Call zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("folder/"));
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(UTF_8));
            }
        }
        return zipped(out.toByteArray());
    }

    private static Call zipped(byte[] body) {
        Call call = Scene.post("");
        return new Call("chaining", "call-1", "POST", "", call.headers(), call.query(), body);
    }

    private static Map<String, String> entries(Reply reply) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(reply.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
            }
        }
        return entries;
    }

    @Test
    void aZipOfFilesGoesInAndAZipOfResultsComesOut() throws Exception {
        scene.workflow("steps:\n  - name: each\n    foreach: {entries_of: zip}\n    as: file\n    steps:\n"
                + "      - function: a\n        query: {name: \"${file}\"}\n      - function: b");

        Reply reply = scene.workflows().answer(zip("one.jpg", "folder/two.png", "folder/one.jpg"));

        assertThat(reply.headers()).containsEntry("Content-Type", "application/zip");
        assertThat(entries(reply))
                .containsEntry("one.jpg", "one.jpgab")
                .containsEntry("folder_two.png", "folder/two.pngab")
                .containsEntry("folder_one.jpg", "folder/one.jpgab")
                .hasSize(3);
        assertThat(scene.peer.seen())
                .filteredOn(seen -> seen.function().equals("a"))
                .extracting(seen -> seen.query() + " " + seen.header("Content-Type"))
                .containsExactlyInAnyOrder(
                        "name=one.jpg image/jpeg",
                        "name=folder%2Ftwo.png image/png",
                        "name=folder%2Fone.jpg image/jpeg");
    }

    @ParameterizedTest
    @CsvSource({
        "\u00fcber/caf\u00e9.jpg, \u00fcber_caf\u00e9.jpg",
        "cafe\u0301.png, cafe\u0301.jpg",
        "\u5199\u771f.jpg, \u5199\u771f.jpg",
        "Summer_holiday_at_the_lake_2026-07-14_0815.JPG, Summer_holiday_at_the_lake_2026-07-14_0815.jpg",
        "a b\\c:d.jpg, a_b_c_d.jpg",
    })
    void aResultHasTheNameOfItsFile(String file, String result) throws Exception {
        scene.peer.with("small", Peer.answers(200, "image/jpeg", "small"));
        scene.workflow("steps:\n  - name: each\n    foreach: {entries_of: zip}\n    function: small");

        assertThat(entries(scene.workflows().answer(zip(file)))).containsOnlyKeys(result);
    }

    @Test
    void aFileOfAZipThatIsRefusedIsLeftOut() throws Exception {
        scene.peer.with("picky", (exchange, body) -> {
            boolean refused = new String(body, UTF_8).startsWith("bad");
            Peer.send(exchange, refused ? 415 : 200, "image/jpeg", body);
        });
        scene.workflow("steps:\n  - name: each\n    foreach: {entries_of: zip}\n    function: picky\n"
                + "    if_failed: continue");

        Reply reply = scene.workflows().answer(zip("good.jpg", "bad.jpg"));

        assertThat(entries(reply)).containsOnlyKeys("good.jpg");
        assertThat(reply.headers()).containsEntry("X-Workflow-Left-Out", "each[bad.jpg]");
    }

    static Stream<Arguments> zipsByOthers() {
        byte[] cp437 = {(byte) 0x81, '.', 'j', 'p', 'g'};
        HandMadeZip plain = HandMadeZip.of("one.jpg".getBytes(UTF_8));
        return Stream.of(
                arguments("stored as a stream", plain.streamed().bytes(), "one.jpg"),
                arguments("ZIP64", plain.zip64().bytes(), "one.jpg"),
                arguments("ZIP64 as a stream", plain.zip64().streamed().bytes(), "one.jpg"),
                arguments("unpacks itself", plain.behind("#!/bin/sh\n").bytes(), "one.jpg"),
                arguments(
                        "with a comment that looks like an end",
                        plain.comment("PK\5\6" + "-".repeat(30)).bytes(),
                        "one.jpg"),
                arguments(
                        "with something behind it", Arrays.copyOf(plain.bytes(), plain.bytes().length + 9), "one.jpg"),
                arguments(
                        "a name of a Mac",
                        HandMadeZip.of("ü.jpg".getBytes(UTF_8)).bytes(),
                        "ü.jpg"),
                arguments("a name of an old PC", HandMadeZip.of(cp437).bytes(), "ü.jpg"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("zipsByOthers")
    void aZipIsReadHoweverItWasWritten(String what, byte[] zip, String name) throws Exception {
        scene.workflow("steps:\n  - name: each\n    foreach: {entries_of: zip}\n    as: file\n    function: a\n"
                + "    query: {name: \"${file}\"}\n    aggregate: first");

        Reply reply = scene.workflows().answer(zipped(zip));

        assertThat(Scene.text(reply)).isEqualTo(HandMadeZip.CONTENT + "a");
        assertThat(scene.peer.only("a").query()).isEqualTo("name=" + URLEncoder.encode(name, UTF_8));
    }

    static Stream<Arguments> zipsThatCannotBe() throws IOException {
        HandMadeZip plain = HandMadeZip.of("one.jpg".getBytes(UTF_8));
        byte[] damaged = plain.bytes();
        damaged[new String(damaged, ISO_8859_1).indexOf(HandMadeZip.CONTENT)] ^= 1;
        byte[] two = zip("one.jpg", "two.jpg").body();
        return Stream.of(
                arguments("no zip".getBytes(UTF_8), 422, "it is no zip archive"),
                arguments(zip().body(), 422, "it is a zip archive without files"),
                arguments(damaged, 422, "the file one.jpg is damaged"),
                arguments(plain.flag(1).bytes(), 422, "without a password"),
                arguments(plain.method(12).bytes(), 422, "pack the archive with deflate"),
                arguments(
                        Arrays.copyOf(two, new String(two, ISO_8859_1).lastIndexOf("PK\3\4")), 422, "it was cut short"),
                arguments(Arrays.copyOfRange(two, 9, two.length), 422, "it was cut short"),
                arguments(zip(names(101)).body(), 422, "it has 101 files"),
                arguments(zip(names(10_000)).body(), 422, "it lists 10001 files and folders"),
                arguments(sameFile(100, 1000), 422, "its directory does not say where its files are"),
                arguments(bombs(1, 10_000_000), 422, "the file 0 is larger than 100000 bytes"),
                arguments(bombs(50, 90_000), 503, "used up the memory set aside for bodies"));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "f" + i).toArray(String[]::new);
    }

    private static byte[] bombs(int count, int bytes) throws IOException {
        ByteArrayOutputStream bombs = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bombs)) {
            for (int i = 0; i < count; i++) {
                zip.putNextEntry(new ZipEntry(Integer.toString(i)));
                zip.write(new byte[bytes]);
            }
        }
        return bombs.toByteArray();
    }

    /** An archive that lists the same bytes again and again: Deflate's empty blocks, which unpack to nothing. */
    private static byte[] sameFile(int times, int bytes) {
        byte[] blocks = new byte[bytes];
        for (int i = 0; i + 2 < bytes; i++) {
            blocks[i] = new byte[] {0x02, 0x08, 0x20, (byte) 0x80, 0}[i % 5];
        }
        blocks[bytes - bytes % 5 - 5] = 3;
        int directory = 31 + bytes;
        ByteBuffer zip = ByteBuffer.allocate(directory + 47 * times + 22).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50).position(26).putShort((short) 1).position(31).put(blocks);
        for (int i = 0; i < times; i++) {
            int entry = directory + 47 * i;
            zip.putInt(entry, 0x02014b50).putShort(entry + 10, (short) 8);
            zip.putInt(entry + 20, bytes).putShort(entry + 28, (short) 1).put(entry + 46, (byte) 'f');
        }
        int end = directory + 47 * times;
        zip.putInt(end, 0x06054b50).putShort(end + 10, (short) times);
        zip.putInt(end + 12, 47 * times).putInt(end + 16, directory);
        return zip.array();
    }

    @ParameterizedTest
    @MethodSource("zipsThatCannotBe")
    void whatIsNoWholeZipOrUnpacksToTooMuchIsRefused(byte[] zip, int status, String said) throws Exception {
        scene.maxBody(100_000).workflow("steps:\n  - name: each\n    foreach: {entries_of: zip}\n    function: a");

        Reply reply = scene.workflows().answer(zipped(zip));

        assertThat(reply.status()).isEqualTo(status);
        assertThat(Scene.text(reply)).contains(said);
        assertThat(scene.peer.called()).isEmpty();
    }

    @Test
    void aFunctionThatAnswersNoZipIsAtFault() throws Exception {
        scene.workflow("steps:\n  - function: a\n  - name: each\n    foreach: {entries_of: zip}\n    function: b");

        Reply reply = scene.workflows().answer(zip("one.jpg"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(Scene.text(reply)).contains("cannot go through the files of its body");
        assertThat(scene.peer.called()).containsExactly("a");
    }

    @Test
    void aDurableRunOverAZipKeepsEachFilesResult() throws Exception {
        scene.peer.with("bad", Peer.recovers(1, 422, Peer.appends("!")));
        scene.workflow("durable: true\nsteps:\n  - name: each\n    foreach: {entries_of: zip}\n    max_parallel: 1\n"
                + "    function: a\n  - function: bad");
        Call call = zip("one.jpg", "two.jpg");
        assertThat(scene.workflows().answer(call).status()).isEqualTo(502);

        Reply retried = ask("retry-flow=call-1", Map.of("X-Call-Id", "again"), "");

        assertThat(retried.status()).isEqualTo(200);
        assertThat(scene.peer.called()).containsExactly("a", "a", "bad", "bad");
    }
}
