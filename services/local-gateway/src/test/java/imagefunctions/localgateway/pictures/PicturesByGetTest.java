package imagefunctions.localgateway.pictures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.localgateway.Nginx;
import imagefunctions.runtime.funqy.CallMetrics;
import imagefunctions.runtime.http.HeldBytes;
import imagefunctions.storage.ObjectStore;
import imagefunctions.testservers.ReservedPort;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures as a page and a cache ask for them: by real curl, and through Debian's nginx. */
@QuarkusTest
final class PicturesByGetTest {
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");
    private static final Path OTHER_PHOTO = Path.of("../../docs/pictures/seeding.bw.jpg");
    private static final String THUMBNAIL = "/function/thumbnail?object=shown/a%20b/photo.jpg&width=40";

    @Inject
    ObjectStore store;

    @Inject
    HeldBytes held;

    @Inject
    CallMetrics metrics;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void show() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    store.makeBuckets(List.of("shown", "hidden"));
                    store.put("shown", "a b/photo.jpg", PHOTO, "image/jpeg", Map.of());
                    store.put("hidden", "photo.jpg", PHOTO, "image/jpeg", Map.of());
                    return true;
                });
    }

    /** What curl was answered; the names of headers are in any case. */
    private static final class Answer {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Answer(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        int status() {
            return status;
        }

        Map<String, String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        int width() throws IOException {
            return ImageIO.read(new ByteArrayInputStream(body)).getWidth();
        }
    }

    private static String gateway() {
        return "http://127.0.0.1:" + ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    }

    private Answer curl(String url, String... arguments) throws Exception {
        Path head = folder.resolve("head");
        Process curl = new ProcessBuilder(
                        Stream.concat(Stream.of("curl", "-sS", "-D", head.toString(), url), Arrays.stream(arguments))
                                .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] body = curl.getInputStream().readAllBytes();
        List<String> lines = Files.readAllLines(head);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        lines.stream()
                .skip(1)
                .filter(line -> line.contains(":"))
                .forEach(line -> headers.put(line.split(":", 2)[0], line.split(":", 2)[1].strip()));
        return new Answer(Integer.parseInt(lines.getFirst().split(" ", -1)[1]), headers, body);
    }

    @Test
    void aPageShowsAPictureAndACacheKeepsIt() throws Exception {
        Answer first = curl(gateway() + THUMBNAIL);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.width()).isEqualTo(40);
        assertThat(first.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=600");
        assertThat(first.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(first.header("Last-Modified")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT");
        String tag = first.header("ETag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");

        for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            Answer again = curl(gateway() + THUMBNAIL, "-H", "If-None-Match: " + known);
            assertThat(again.status()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).isEqualTo(tag);
            assertThat(again.header("Cache-Control")).isEqualTo("public, max-age=600");
            assertThat(again.headers()).doesNotContainKey("Content-Length");
        }
        assertThat(curl(gateway() + THUMBNAIL, "-H", "If-None-Match: \"x\"", "-H", "If-None-Match: " + tag)
                        .status())
                .isEqualTo(304);
        assertThat(curl(gateway() + THUMBNAIL, "-H", "If-None-Match: \"x\"").body())
                .isEqualTo(first.body());
        Answer head = curl(gateway() + THUMBNAIL, "-I");
        assertThat(head.header("ETag")).isEqualTo(tag);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(first.body().length));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-03-03T04:05:06Z | Tue, 03 Mar 2026 04:05:06 GMT
            2026-11-30T23:59:59Z | Mon, 30 Nov 2026 23:59:59 GMT
            """)
    void theDateOfTheSourceIsWrittenAsHttpHasIt(Instant modified, String written) throws Exception {
        Files.setLastModifiedTime(Path.of("target/test-s3/objects/shown/a b/photo.jpg"), FileTime.from(modified));

        assertThat(curl(gateway() + THUMBNAIL).header("Last-Modified")).isEqualTo(written);
    }

    @Test
    void theTagIsAnotherOneForAnotherSourceFunctionAndParameter() throws Exception {
        String tag = curl(gateway() + THUMBNAIL).header("ETag");

        assertThat(curl(gateway() + "/function/thumbnail?width=40&object=shown/a+b/photo.jpg")
                        .header("ETag"))
                .isEqualTo(tag);
        assertThat(Stream.of(
                                THUMBNAIL.replace("40", "41"),
                                THUMBNAIL.replace("thumbnail", "bw"),
                                "/function/chaining?object=shown/a%20b/photo.jpg")
                        .map(path -> unchecked(gateway() + path)))
                .allSatisfy(other -> assertThat(other.status()).isEqualTo(200))
                .extracting(other -> other.header("ETag"))
                .doesNotContain(tag)
                .doesNotHaveDuplicates();
        store.put("shown", "a b/photo.jpg", OTHER_PHOTO, "image/jpeg", Map.of());
        assertThat(curl(gateway() + THUMBNAIL, "-H", "If-None-Match: " + tag).status())
                .isEqualTo(200);
    }

    private Answer unchecked(String url) {
        try {
            return curl(url);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            thumbnail?object=hidden/photo.jpg           | 403 | add it to IMAGE_FUNCTIONS_GET_BUCKETS
            processimages?object=shown/a%20b/photo.jpg  | 403 | add it to IMAGE_FUNCTIONS_GET_FUNCTIONS
            nosuch?object=shown/a%20b/photo.jpg         | 404 | There is no function
            thumbnail?object=shown/nosuch.jpg           | 404 | There is no object nosuch.jpg in the bucket shown
            thumbnail?object=shown/a%00b                | 400 | has a zero byte
            thumbnail?object=nowhere/photo.jpg          | 404 | There is no object photo.jpg in the bucket nowhere
            thumbnail?object=photo.jpg                  | 400 | by its bucket and key
            thumbnail?object=shown/                     | 400 | by its bucket and key
            thumbnail?object=                           | 400 | by its bucket and key
            thumbnail?object=shown/a&object=shown/b     | 400 | by its bucket and key
            thumbnail?object=http://127.0.0.1:1/a.jpg   | 400 | pictures of other places are for POST
            thumbnail?object=shown/a/../b.jpg           | 400 | as only paths have
            thumbnail?object=shown/a%20b/photo.jpg&x=1  | 400 | x
            chaining?object=shown/a%20b/photo.jpg&x=1   | 400 | reads no parameter
            chaining?object=shown/a%20b/photo.jpg&stop-flow=1 | 400 | POST it without object
            """)
    void whatIsNotShownIsSaidWithWhatToDo(String path, int status, String message) throws Exception {
        Answer answer = curl(gateway() + "/function/" + path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(new String(answer.body(), UTF_8)).contains(message);
        assertThat(answer.headers()).doesNotContainKey("ETag").doesNotContainKey("Cache-Control");
    }

    @Test
    void aKeyThatNoFileCanHaveIsMissing() throws Exception {
        assertThat(curl(gateway() + "/function/thumbnail?object=shown/" + "x".repeat(300) + "/a.jpg")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {THUMBNAIL, "/system/objects?bucket=incoming&key=photo.jpg"})
    void whoLeavesEarlyKeepsNoMemoryAndHasNothingMade(String path) throws Exception {
        store.put("incoming", "photo.jpg", PHOTO, "image/jpeg", Map.of());
        long before = metrics.calls("thumbnail");
        URI gateway = URI.create(gateway());
        try (Socket caller = new Socket(gateway.getHost(), gateway.getPort())) {
            caller.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + LeavingCallers.HEADER + ": 1\r\n\r\n")
                            .getBytes(UTF_8));
        }
        assertThat(LeavingCallers.HANDED_ON.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

        // What was to be read for it would have been by now.
        assertThat(curl(gateway() + THUMBNAIL).status()).isEqualTo(200);
        assertThat(curl(gateway() + "/system/objects?bucket=incoming&key=photo.jpg")
                        .status())
                .isEqualTo(200);

        await().untilAsserted(() -> assertThat(held.held()).isZero());
        assertThat(metrics.calls("thumbnail")).isEqualTo(before + 1);
    }

    @Test
    void withoutAnObjectAGetStillAnswersWithTheUsageText() throws Exception {
        assertThat(curl(gateway() + "/function/thumbnail?width=40").header("Content-Type"))
                .startsWith("text/plain");
    }

    @Test
    void nginxKeepsPicturesAsTheDocsSay() throws Exception {
        assumeTrue(Nginx.isThere(), "nginx is not there");
        try (ReservedPort port = new ReservedPort()) {
            Matcher recipe = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(Path.of("../../docs/pictures-by-get.md")));
            assertThat(recipe.find()).isTrue();
            String inner = recipe.group(1)
                    .replace(
                            "/var/cache/nginx/pictures", folder.resolve("cache").toString())
                    .replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                    .replace("http://127.0.0.1:8080", gateway());
            try (var _ = new Nginx(folder, inner)) {
                String url = "http://127.0.0.1:" + port;
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> curl(url + THUMBNAIL, "--retry", "0").status() == 200);
                Answer kept = curl(url + THUMBNAIL);
                assertThat(kept.header("X-Cache-Status")).isEqualTo("HIT");
                assertThat(kept.width()).isEqualTo(40);
                assertThat(curl(url + THUMBNAIL, "-H", "If-None-Match: " + kept.header("ETag"))
                                .status())
                        .isEqualTo(304);
                assertThat(curl(url + "/function/thumbnail").status()).isEqualTo(404);
                assertThat(curl(url + THUMBNAIL, "-d", "x").status()).isEqualTo(403);
                assertThat(curl(url + "/system/functions").status()).isEqualTo(404);
            }
        }
    }
}
