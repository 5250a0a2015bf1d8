package imagefunctions.convert;

import static imagefunctions.convert.ConvertProcess.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import imagefunctions.convert.ConvertProcess.Run;
import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.storage.ObjectInfo;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures and results in buckets. */
final class BucketsIT {
    private static EmbeddedS3 server;
    private static ObjectStore store;
    private static ReservedPort s3;
    private static URI endpoint;

    @AutoClose
    private final FunctionServer functions = new FunctionServer();

    @TempDir
    private Path folder = Path.of("");

    BucketsIT() throws IOException {}

    @BeforeAll
    static void start(@TempDir Path objects) throws Exception {
        s3 = new ReservedPort();
        endpoint = s3.url();
        server = EmbeddedS3.start(objects, endpoint, "tester", "tester-secret", event -> {});
        store = new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(10)));
        store.makeBuckets(List.of("refused"));
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        server.close();
        s3.close();
    }

    private ProcessBuilder command(String function, String from, String to) {
        ProcessBuilder command = ConvertProcess.command(folder, functions, function, "--from", from, "--to", to);
        command.environment().put("S3_ENDPOINT", endpoint.toString());
        command.environment().put("minio_access_key", "tester");
        command.environment().put("minio_secret_key", "tester-secret");
        return command;
    }

    private Run convert(String from, String to) throws Exception {
        return run(command("upper", from, to));
    }

    private Path picture(String name, String text) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void object(String bucket, String name, String text) throws IOException {
        store.put(bucket, name, Files.writeString(folder.resolve("text"), text), "image/jpeg", Map.of());
    }

    private String content(String bucket, String name) throws IOException {
        try (var content = store.get(bucket, name).orElseThrow().content()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void bucketsAndPartsOfThemAreReadAndWrittenLikeFolders() throws Exception {
        store.makeBuckets(List.of("first", "second"));
        picture("a.jpg", "a");
        picture("deep/b.jpg", "b");

        assertThat(convert("./in", "first").output()).endsWith("2 converted, 0 skipped, 0 failed\n");
        object("first", "deep/notes.txt", "no picture");
        object("first", "deep/.hidden/c.jpg", "c");
        assertThat(convert("./in", "s3://first/").output()).endsWith("0 converted, 2 skipped, 0 failed\n");
        assertThat(convert("s3://first/deep", "s3://second/x").output())
                .contains(
                        "notes.txt is left out: not JPEG, PNG, GIF, WebP, BMP or TIFF",
                        ".hidden/c.jpg is left out: hidden")
                .endsWith("1 converted, 0 skipped, 0 failed\n");
        assertThat(convert("second", "./back").status()).isZero();
        assertThat(folder.resolve("back/x/b.jpg")).hasContent("B");
    }

    @Test
    void anObjectThatNoRunMadeIsNeitherReplacedNorCountedAsDone() throws Exception {
        store.makeBuckets(List.of("library"));
        picture("own.jpg", "a");
        picture("b.jpg", "b");
        object("library", "own.jpg", "my own");

        Run run = convert("./in", "library");

        assertThat(run.output())
                .contains(
                        "own.jpg failed: No run of convert made the object that is there under this name: move it away,"
                                + " or give another --to: library/own.jpg",
                        "1 converted, 0 skipped, 1 failed");
        assertThat(run.status()).isEqualTo(1);
        assertThat(content("library", "own.jpg")).isEqualTo("my own");
        assertThat(store.stat("library", "b.jpg").orElseThrow().metadata())
                .containsEntry(ObjectInfo.FUNCTION, "upper")
                .containsKey(ObjectInfo.SOURCE_ETAG);
        assertThat(run(command("upper?x=1", "./in", "library")).output()).contains("1 converted, 0 skipped, 1 failed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    s3://refused/a    | s3://refused/a/ | are the same
                    refused           | s3://refused/a  | --to is within --from
                    s3://refused/a/b  | s3://refused/a  | --from is within --to
                    s3://refused/a//b | ./out           | has an empty part
                    nosuch            | ./out           | There is no bucket nosuch
                    """)
    void whatIsInvalidIsExplained(String from, String to, String message) throws Exception {
        Run run = convert(from, to);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output()).contains(message);
    }

    @Test
    void anObjectWhoseNameClimbsNeverLeavesTheFolder() throws Exception {
        store.makeBuckets(List.of("climbing"));
        object("climbing", "x/..%2f..%2fb.jpg", "a");
        object("climbing", "two\nlines.jpg", "a");
        Path text = folder.resolve("text");

        Run run = convert("climbing", "./out/deep");
        assertThat(run.status()).isZero();
        assertThat(run.output().lines()).anyMatch(line -> line.startsWith("two?lines.jpg "));

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(f -> !f.equals(text)))
                    .allMatch(f -> f.startsWith(folder.resolve("out/deep")));
        }
    }

    /** A store that keeps what is between slashes, as the embedded one does not. */
    @Test
    void anObjectWhoseNameTheClientWouldChangeIsRefused() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/photos", exchange -> {
            boolean listing = exchange.getRequestURI().toString().contains("list-type");
            String names = Stream.of("/a.jpg", "x//a.jpg", "x/a.jpg", "x/../b.jpg", "y/")
                    .map("<Contents><Key>%s</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
                            .concat("<ETag>e</ETag><Size>1</Size></Contents>")::formatted)
                    .collect(Collectors.joining());
            byte[] answer = (listing
                            ? "<ListBucketResult><Name>photos</Name><Prefix/>" + names + "</ListBucketResult>"
                            : "right")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", listing ? "application/xml" : "image/jpeg");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : answer.length);
            exchange.getResponseBody().write(answer, 0, head ? 0 : answer.length);
            exchange.close();
        });
        other.start();
        ProcessBuilder command = command("upper", "photos", "./out");
        command.environment()
                .put("S3_ENDPOINT", "http://127.0.0.1:" + other.getAddress().getPort());

        Run run = run(command);

        other.stop(0);
        String refused =
                " failed: A part of its name between slashes is empty or dots alone, which would lead to another"
                        + " object or file: rename it.";
        assertThat(run.output().lines())
                .contains("/a.jpg" + refused, "x//a.jpg" + refused, "x/../b.jpg" + refused, "y/" + refused)
                .contains("1 converted, 0 skipped, 4 failed");
        assertThat(run.status()).isEqualTo(1);
        assertThat(folder.resolve("out/x/a.jpg")).hasContent("RIGHT");
    }

    @Test
    void theKeyThatTheGatewayMadeIsFoundInItsFolder() throws Exception {
        store.makeBuckets(List.of("keyed"));
        picture("a.jpg", "a");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("access-key"), "minio_access_key=tester\nminio_secret_key=tester-secret\n");
        ProcessBuilder command = command("upper", "./in", "keyed");
        command.environment().keySet().removeAll(Set.of("S3_ENDPOINT", "minio_access_key", "minio_secret_key"));
        command.environment().put("IMAGE_FUNCTIONS_S3_PORT", String.valueOf(endpoint.getPort()));
        command.environment().put("IMAGE_FUNCTIONS_S3_FOLDER", elsewhere.toString());

        assertThat(run(command).output()).endsWith("1 converted, 0 skipped, 0 failed\n");
    }
}
