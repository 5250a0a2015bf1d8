package imagefunctions.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged command, as a process of its own. */
final class ConvertIT {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static HttpServer functions;
    private static EmbeddedS3 server;
    private static ObjectStore store;
    private static ReservedPort s3;
    private static URI endpoint;

    @AutoClose
    private final ReservedPort nobody = new ReservedPort();

    @TempDir
    private Path folder = Path.of("");

    ConvertIT() throws IOException {}

    @BeforeAll
    static void start(@TempDir Path objects) throws Exception {
        functions = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        functions.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        functions.createContext("/function/upper", ConvertIT::upper);
        functions.createContext("/function/guarded", ConvertIT::guarded);
        functions.createContext("/function/stuck", ConvertIT::stuck);
        functions.start();
        s3 = new ReservedPort();
        endpoint = s3.url();
        server = EmbeddedS3.start(objects, endpoint, "tester", "tester-secret", event -> {});
        store = new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    @AfterAll
    static void stop() throws Exception {
        functions.stop(0);
        store.close();
        server.close();
        s3.close();
    }

    @BeforeEach
    void forget() {
        CALLS.set(0);
    }

    /** Answers with the text in capitals; busy at first, and never with what says "garbage". */
    private static void upper(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (CALLS.incrementAndGet() == 1) {
            answer(exchange, 429, "{\"detail\": \"a long text about having no room now\"}");
        } else if (text.contains("garbage")) {
            answer(exchange, 415, "{\"detail\": \"this is no \\\"picture\\\"\"}");
        } else {
            answer(exchange, 200, text.toUpperCase(Locale.ROOT));
        }
    }

    /** Answers with its query to whoever shows admin's password. */
    private static void guarded(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean known =
                "Basic YWRtaW46c2VjcmV0".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        answer(exchange, known ? 200 : 401, exchange.getRequestURI().getRawQuery());
    }

    /** Answers with half of what it says it will. */
    private static void stuck(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, 1_000_000);
        exchange.getResponseBody().write(new byte[500_000]);
        exchange.getResponseBody().flush();
        CALLS.incrementAndGet();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private record Run(int status, String output) {}

    private ProcessBuilder command(String function, String from, String to) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target/classes").toAbsolutePath() + ":"
                        + Path.of("target/lib").toAbsolutePath() + "/*",
                "imagefunctions.convert.Convert",
                "--from",
                from,
                "--to",
                to,
                "--function",
                function,
                "--gateway",
                "http://127.0.0.1:" + functions.getAddress().getPort()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("S3_ENDPOINT", endpoint.toString());
        builder.environment().put("minio_access_key", "tester");
        builder.environment().put("minio_secret_key", "tester-secret");
        return builder;
    }

    private Run convert(String function, String from, String to) throws Exception {
        return run(command(function, from, to));
    }

    private static Run run(ProcessBuilder command) throws Exception {
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private void picture(String name, String text) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(10)));
    }

    @Test
    void aFolderIsConvertedOnceAndWhatChangedAgain() throws Exception {
        picture("a.jpg", "a");
        picture("deep/down/b ä.png", "b");
        picture("notes.txt", "no picture");

        Run first = convert("upper", "./in", "./out");
        assertThat(first.output())
                .startsWith("Through http://127.0.0.1:" + functions.getAddress().getPort() + "/function/upper\n")
                .endsWith("2 converted, 0 skipped, 0 failed\n")
                .contains("deep/down/b ä.png");
        assertThat(first.status()).isZero();
        assertThat(folder.resolve("out/deep/down/b ä.png")).hasContent("B");
        assertThat(folder.resolve("out/notes.txt")).doesNotExist();
        assertThat(folder.resolve("convert-failures.txt")).doesNotExist();

        assertThat(convert("upper", "./in", "./out").output()).endsWith("0 converted, 2 skipped, 0 failed\n");
        Files.writeString(folder.resolve("in/a.jpg"), "anew");
        Files.setLastModifiedTime(
                folder.resolve("in/a.jpg"), FileTime.from(Instant.now().plusSeconds(2)));
        assertThat(convert("upper", "./in", "./out").output()).endsWith("1 converted, 1 skipped, 0 failed\n");
        assertThat(folder.resolve("out/a.jpg")).hasContent("ANEW");
    }

    @Test
    void whatFailsIsListedWithItsReasonAndDoesNotStopTheOthers() throws Exception {
        picture("a.jpg", "a");
        picture("bad.jpg", "garbage");

        Run run = convert("upper", "in", "./out");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("1 converted, 0 skipped, 1 failed");
        assertThat(folder.resolve("convert-failures.txt"))
                .hasContent("bad.jpg\tupper answered 415: this is no \"picture\"");
        assertThat(folder.resolve("out/bad.jpg")).doesNotExist();
    }

    @Test
    void bucketsAreReadAndWrittenLikeFolders() throws Exception {
        store.makeBuckets(List.of("first", "second"));
        picture("a.jpg", "a");
        picture("deep/b.jpg", "b");

        assertThat(convert("upper", "./in", "first").output()).endsWith("2 converted, 0 skipped, 0 failed\n");
        assertThat(convert("upper", "./in", "s3://first/").output()).endsWith("0 converted, 2 skipped, 0 failed\n");
        assertThat(convert("upper", "first", "second").output()).endsWith("2 converted, 0 skipped, 0 failed\n");
        assertThat(convert("upper", "first", "second").output()).endsWith("0 converted, 2 skipped, 0 failed\n");
        assertThat(convert("upper", "second", "./back").status()).isZero();
        assertThat(folder.resolve("back/deep/b.jpg")).hasContent("B");
    }

    @Test
    void resultsOfOneFunctionAreNotTakenForAnothers() throws Exception {
        store.makeBuckets(List.of("lower"));
        picture("a.jpg", "a");
        convert("upper", "./in", "./out");
        convert("upper", "./in", "lower");

        Run run = convert("upper?x=1", "./in", "./out");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains("holds the results of upper: give another --to");
        assertThat(convert("upper?x=1", "./in", "lower").output()).endsWith("1 converted, 0 skipped, 0 failed\n");
    }

    @Test
    void withoutAGatewayItEndsAtOnce() throws Exception {
        picture("a.jpg", "a");
        picture("b.jpg", "b");
        ProcessBuilder command = command("upper", "./in", "./out");
        command.command().set(command.command().size() - 1, nobody.url().toString());

        Run run = run(command);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output())
                .contains(nobody.url() + " does not answer: start it (./run up)")
                .contains("0 converted, 0 skipped, 0 failed");
    }

    @Test
    void oneOfSeveralGatewaysMakesUpForAnotherAndIsShownTheCredentials() throws Exception {
        picture("a.jpg", "a");
        picture("b.jpg", "b");
        ProcessBuilder command = command("guarded?x=1", "./in", "./out");
        String there = command.command().getLast();
        command.command().set(command.command().size() - 1, nobody.url() + "," + there + "/");
        command.environment().put("basic_auth_user", "admin");
        command.environment().put("basic_auth_password", "secret");

        Run run = run(command);

        assertThat(run.output())
                .startsWith("Through " + nobody.url() + "/function/guarded?x=1, " + there + "/function/guarded?x=1\n")
                .endsWith("2 converted, 0 skipped, 0 failed\n");
        assertThat(folder.resolve("out/a.jpg")).hasContent("x=1");
    }

    @Test
    void anObjectWhoseNameClimbsNeverLeavesTheFolder() throws Exception {
        store.makeBuckets(List.of("climbing"));
        Path text = Files.writeString(folder.resolve("text"), "a");
        store.put("climbing", "x/..%2f..%2fb.jpg", text, "image/jpeg", Map.of());

        store.put("climbing", "two\nlines.jpg", text, "image/jpeg", Map.of());

        Run run = convert("upper", "climbing", "./out/deep");
        assertThat(run.status()).isZero();
        assertThat(run.output().lines()).anyMatch(line -> line.startsWith("two?lines.jpg "));

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(f -> !f.equals(text)))
                    .allMatch(f -> f.startsWith(folder.resolve("out/deep")));
        }
    }

    @Test
    void ctrlCLeavesNoHalfFileAndTheNextRunGoesOn() throws Exception {
        picture("a.jpg", "a");
        picture("b.jpg", "b");
        ProcessBuilder command = command("stuck", "./in", "./out");
        // Whoever runs the tests in the background has them ignore what Ctrl-C sends.
        command.command().addAll(0, List.of("env", "--default-signal=INT"));
        Process process = command.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> CALLS.get() == 2 && !parts().isEmpty());

        // Not every machine has the program of this name.
        new ProcessBuilder("bash", "-c", "kill -INT " + process.pid()).start().waitFor();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(parts()).isEmpty();
        assertThat(convert("upper", "./in", "./out").output()).endsWith("2 converted, 0 skipped, 0 failed\n");
    }

    private List<Path> parts() throws IOException {
        if (!Files.isDirectory(folder.resolve("out"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.toList();
        }
    }

    @Test
    void theKeyThatTheGatewayMadeIsFoundInItsFolder() throws Exception {
        store.makeBuckets(List.of("keyed"));
        picture("a.jpg", "a");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("access-key"), "minio_access_key=tester\nminio_secret_key=tester-secret\n");
        ProcessBuilder command = command("upper", "./in", "keyed");
        command.environment().keySet().removeAll(List.of("S3_ENDPOINT", "minio_access_key", "minio_secret_key"));
        command.environment().put("IMAGE_FUNCTIONS_S3_PORT", String.valueOf(endpoint.getPort()));
        command.environment().put("IMAGE_FUNCTIONS_S3_FOLDER", elsewhere.toString());

        assertThat(run(command).output()).endsWith("1 converted, 0 skipped, 0 failed\n");
    }

    @Test
    void onATerminalABarShowsTheProgress() throws Exception {
        picture("a.jpg", "a");
        ProcessBuilder plain = command("upper", "./in", "./out");
        ProcessBuilder onTerminal = new ProcessBuilder(
                        "script", "-qec", "'" + String.join("' '", plain.command()) + "'", "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        onTerminal.environment().put("TERM", "xterm");

        Run run = run(onTerminal);

        assertThat(run.status()).isZero();
        assertThat(run.output())
                .contains("100%", "1 converted, 0 skipped, 0 failed")
                .doesNotContain("a.jpg 1 byte(s)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ./nowhere | ./out  | There is no folder
                    nosuch    | ./out  | There is no bucket nosuch
                    ./in      | ./in   | are the same
                    ./in      | ./in/x | --to is within --from
                    """)
    void whatIsInvalidIsExplained(String from, String to, String message) throws Exception {
        picture("a.jpg", "a");

        Run run = convert("upper", from, to);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "upper, nowhere, --gateway is \"nowhere\": write an address",
        "upper, 'http://a,', --gateway is",
        "two words, http://127.0.0.1:1, Illegal character in path"
    })
    void aGatewayOrFunctionThatCannotBeCalledIsRefusedBeforeTheFirstPicture(
            String function, String gateway, String message) throws Exception {
        picture("a.jpg", "a");
        ProcessBuilder command = command(function, "./in", "./out");
        command.command().set(command.command().size() - 1, gateway);

        Run run = run(command);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains(message);
        assertThat(folder.resolve("convert-failures.txt")).doesNotExist();
    }
}
