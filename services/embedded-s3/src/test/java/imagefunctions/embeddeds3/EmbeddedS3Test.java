package imagefunctions.embeddeds3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.storage.Buckets;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.NameOrder;
import imagefunctions.storage.ObjectEvent;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.storage.StoredObject;
import imagefunctions.testservers.ReservedPort;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedS3Test {
    private static final ConcurrentLinkedQueue<ObjectEvent> EVENTS = new ConcurrentLinkedQueue<>();

    private static final Duration HEAD_TIMEOUT = Duration.ofMillis(500);

    private static Path folder;
    private static ReservedPort port;
    private static URI endpoint;
    private static EmbeddedS3 server;
    private static ObjectStore store;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        port = new ReservedPort();
        endpoint = port.url();
        server = EmbeddedS3.start(
                relative(folder.resolve("objects")),
                endpoint,
                "key",
                "secret-secret",
                EVENTS::add,
                (method, headers) -> Optional.empty(),
                HEAD_TIMEOUT);
        store = new ObjectStore(settings("key", "secret-secret"));
        store.makeBuckets(Buckets.DEFAULTS.all());
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        server.close();
        port.close();
    }

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    private static Path relative(Path path) {
        return Path.of("").toAbsolutePath().relativize(path);
    }

    private static ObjectStoreSettings settings(String accessKey, String secretKey) {
        return new ObjectStoreSettings(
                endpoint, "us-east-1", accessKey, secretKey, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    private static Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "content", ""), content);
    }

    private static void put(String name, String content) throws IOException {
        store.put("incoming", name, file(content), "text/plain", Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.jpg", "x//a.jpg"})
    void aNameThatTheClientWouldChangeIsNotAskedFor(String name) {
        for (ThrowingCallable request : List.<ThrowingCallable>of(
                () -> store.stat("incoming", name),
                () -> store.get("incoming", name),
                () -> store.put("incoming", name, folder, "image/jpeg", Map.of()),
                () -> store.delete("incoming", name))) {
            assertThatThrownBy(request)
                    .isInstanceOfSatisfying(ObjectStoreException.class, e -> assertThat(e.isTransient())
                            .isFalse())
                    .hasMessageContaining("has an empty part between slashes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "dir/b c.jpg", "ä+b&c=d%41 (1).png", "漢字/🖼.jpg", "a b+c%20d"})
    void whatIsStoredComesBackAndIsReported(String name) throws Exception {
        store.put("incoming", name, file("content of " + name), "text/plain", Map.of(ObjectInfo.SOURCE_ETAG, "abc"));

        try (StoredObject found = store.get("incoming", name).orElseThrow()) {
            assertThat(new String(found.content().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("content of " + name);
            assertThat(found.info().contentType()).isEqualTo("text/plain");
            assertThat(found.info().metadata()).containsEntry("source-etag", "abc");
            assertThat(EVENTS)
                    .containsExactly(new ObjectEvent(
                            "ObjectCreated:Put",
                            "incoming",
                            name,
                            found.info().etag(),
                            found.info().size()));
        }
        assertThat(store.stat("incoming", name)).hasValueSatisfying(info -> assertThat(info.size())
                .isEqualTo(("content of " + name).getBytes(StandardCharsets.UTF_8).length));
        store.delete("incoming", name);
        assertThat(store.stat("incoming", name)).isEmpty();
        assertThat(store.get("incoming", name)).isEmpty();
    }

    @Test
    void aLargeObjectIsReportedOnceWhenItIsWhole() throws Exception {
        Path large = Files.write(Files.createTempFile(folder, "large", ""), new byte[12 << 20]);

        store.put("incoming", "large", large, "image/jpeg", Map.of());

        assertThat(EVENTS).singleElement().satisfies(event -> {
            assertThat(event.type()).startsWith("ObjectCreated:");
            assertThat(event.size()).isEqualTo(12 << 20);
        });
        store.delete("incoming", "large");
    }

    @Test
    void aListingGoesOnBehindItsPagesInTheOrderOfNames() throws Exception {
        List<String> names = new ArrayList<>();
        Path file = file("x");
        for (int i = 0; i < 1_010; i++) {
            names.add("many/%04d".formatted(i));
            store.put("processed", names.getLast(), file, "text/plain", Map.of());
        }

        assertThat(names("processed", "")).containsExactlyElementsOf(names).isSortedAccordingTo(NameOrder.BY_UTF8);
        assertThat(names("processed", "many/1007")).containsExactly("many/1008", "many/1009");
    }

    private static List<String> names(String bucket, String after) throws Exception {
        List<String> names = new ArrayList<>();
        Listing listing = store.list(bucket, after);
        for (Optional<ListedObject> next = listing.next(); next.isPresent(); next = listing.next()) {
            names.add(next.get().name());
        }
        return names;
    }

    @Test
    void anUploadInFlightOrTornIsNeitherListedNorReported() throws Exception {
        put("whole", "x");
        EVENTS.clear();
        String url = presigned("torn");
        try (Socket uploader = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            uploader.getOutputStream()
                    .write(("PUT " + url + " HTTP/1.1\r\nHost: " + endpoint.getAuthority()
                                    + "\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(200_000))
                            .getBytes(StandardCharsets.US_ASCII));
            uploader.getOutputStream().flush();
            awaitUploadOnDisk();

            assertThat(names("incoming", "")).containsExactly("whole");
        }
        assertThat(names("incoming", "")).containsExactly("whole");
        assertThat(EVENTS).isEmpty();
        store.delete("incoming", "whole");
    }

    /** The server was killed between the two last things that it does: it notes the ETag, and renames the file. */
    @Test
    void anUploadThatWasTornAtItsVeryEndIsNotListed() throws Exception {
        put("whole", "x");
        Path whole = folder.resolve("objects/incoming/whole");

        Files.copy(
                whole,
                whole.resolveSibling("torn.jpg-28004e51-6e00-46a2-b771-86d8b2752949"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(
                whole,
                whole.resolveSibling("28004e51-6e00-46a2-b771-86d8b2752949"),
                StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(names("incoming", "")).containsExactly("28004e51-6e00-46a2-b771-86d8b2752949", "whole");
        store.delete("incoming", "28004e51-6e00-46a2-b771-86d8b2752949");
        store.delete("incoming", "torn.jpg-28004e51-6e00-46a2-b771-86d8b2752949");
        store.delete("incoming", "whole");
    }

    private static String presigned(String name) throws Exception {
        String url = MinioClient.builder()
                .endpoint(endpoint.toString())
                .credentials("key", "secret-secret")
                .region("us-east-1")
                .build()
                .getPresignedObjectUrl(GetPresignedObjectUrlArgs.builder()
                        .method(Http.Method.PUT)
                        .bucket("incoming")
                        .object(name)
                        .build());
        return url.substring(endpoint.toString().length());
    }

    private static void awaitUploadOnDisk() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try (var files = Files.walk(folder.resolve("objects"))) {
                if (files.anyMatch(file -> file.getFileName().toString().startsWith("torn"))) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the upload never reached the disk");
    }

    /** The lines of docs/buckets.md; a folder is what graphical clients make. */
    @Test
    void curlUploadsDownloadsAndMakesFolders() throws Exception {
        Path sent = file("content");
        Path got = folder.resolve("got");

        assertThat(curl("-T", sent.toString(), endpoint + "/incoming/by-curl")).isEqualTo("200");
        assertThat(curl(endpoint + "/incoming/by-curl", "-o", got.toString())).isEqualTo("200");
        assertThat(curl("-X", "PUT", "-d", "", endpoint + "/incoming/folder/")).isEqualTo("200");

        assertThat(got).hasSameBinaryContentAs(sent);
        assertThat(EVENTS).extracting(ObjectEvent::key).containsExactly("by-curl");
        store.delete("incoming", "by-curl");
        store.delete("incoming", "folder/");
    }

    private static String curl(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-w", "%{http_code}"));
        command.addAll(List.of("--aws-sigv4", "aws:amz:us-east-1:s3", "-u", "key:secret-secret"));
        command.addAll(List.of("-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taken/below",
                "taken/two/below",
                "folder",
                "a/./b",
                "a/../../b",
                "photos//a.jpg",
                "/a.jpg",
                "a//",
                "LONG",
                "a-28004e51-6e00-46a2-b771-86d8b2752949"
            })
    void aKeyOfWhichNoFileCanBeMadeIsTheCallersFault(String key) throws Exception {
        put("taken", "x");
        put("folder/x", "x");
        String path = "/incoming/" + key.replace("LONG", "x".repeat(201));

        HttpResponse<String> answer = SignedRequest.send("PUT", endpoint, path, "key", "secret-secret", "content");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("<Error>");
        assertThat(names("incoming", "")).containsExactly("folder/x", "taken");
        store.delete("incoming", "taken");
        store.delete("incoming", "folder/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE"})
    void whatIsAskedForByAKeyOfWhichNoFileCanBeMadeIsMissing(String method) throws Exception {
        String path = "/incoming/" + "x".repeat(300);

        HttpResponse<String> answer = SignedRequest.send(method, endpoint, path, "key", "secret-secret", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(method.equals("DELETE") ? 204 : 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff.jpg", "a%c3.jpg", "%ed%a0%80.jpg"})
    void aKeyThatIsNoTextIsRefusedAsThat(String key) throws Exception {
        for (String method : List.of("PUT", "GET", "DELETE")) {
            HttpResponse<String> answer =
                    SignedRequest.send(method, endpoint, "/incoming/" + key, "key", "secret-secret", "content");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("is not UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b.jpg", "a/./b.jpg", "a/x/../b.jpg", "a/b.jpg/"})
    void aKeyThatWouldBeAnothersAsAFileNeitherReadsNorDeletesThat(String key) throws Exception {
        put("a/b.jpg", "x");
        for (String method : List.of("GET", "HEAD", "DELETE", "PUT")) {
            HttpResponse<String> answer =
                    SignedRequest.send(method, endpoint, "/incoming/" + key, "key", "secret-secret", "");

            assertThat(answer.statusCode()).as(method).isEqualTo(400);
            assertThat(names("incoming", "")).as(method).containsExactly("a/b.jpg");
        }
        store.delete("incoming", "a/b.jpg");
    }

    @Test
    void aFolderHasNoContent() throws Exception {
        assertThat(SignedRequest.send("PUT", endpoint, "/incoming/full/", "key", "secret-secret", "content")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/incoming", "/incoming/", "/incoming?list-type=2", "/incoming/open", "/incoming/nosuch"})
    void nothingIsReadOrListedWithoutAKeyThoughTheFilesMayBeReadByAnybody(String path) throws Exception {
        put("open", "secret");
        for (Path open : List.of(folder.resolve("objects/incoming"), folder.resolve("objects/incoming/open"))) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE")) {
            HttpResponse<String> answer;
            try (HttpClient client = HttpClient.newHttpClient()) {
                answer = client.send(
                        HttpRequest.newBuilder(endpoint.resolve(path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
            }
            assertThat(answer.statusCode()).as(method).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("secret");
        }
        store.delete("incoming", "open");
    }

    @ParameterizedTest
    @CsvSource({"key, wrong-secret", "nobody, secret-secret"})
    void aWrongKeyIsRefusedWithWhatToCheck(String accessKey, String secretKey) throws Exception {
        try (ObjectStore stranger = new ObjectStore(settings(accessKey, secretKey))) {
            assertThatThrownBy(() -> stranger.list("incoming", "").next())
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("minio_access_key");
        }
    }

    @Test
    void aHeadThatDripsIsEndedInWords() throws Exception {
        StringBuilder answer = new StringBuilder();
        try (Socket dripping = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            dripping.setSoTimeout(50);
            long start = System.nanoTime();
            for (int read = 0; read >= 0; read = answerByte(dripping, answer)) {
                dripping.getOutputStream().write(answer.isEmpty() ? 'G' : ' ');
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HEAD_TIMEOUT.multipliedBy(10));
            }
        }
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("nosniff", "<Code>RequestTimeout</Code>", "0.5 s");
    }

    private static int answerByte(Socket socket, StringBuilder answer) throws IOException {
        try {
            int next = socket.getInputStream().read();
            answer.append(next < 0 ? "" : (char) next);
            return next;
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a\r\nHost: b",
                "Host: a\"b",
                "Host: a b",
                "Host: a,b",
                "Host: localhost:port",
                "Host: localhost:99999",
                "Host: [::1",
                "Host: user@localhost",
                "Host:",
                "X-Host: a",
                "Host: a\r\n folded",
                "Host: a\r\n: b",
                "Host : a"
            })
    void aHeadThatIsNoHttpIsAClearBadRequest(String headers) throws Exception {
        String answer = answer("GET / HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("nosniff", "<Error>", "<Message>");
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void aMissingBucketAndASilentStoreAreReported() throws Exception {
        assertThatThrownBy(() -> store.list("nosuch", "").next()).hasMessageContaining("no such bucket");
        try (ReservedPort nobody = new ReservedPort();
                ObjectStore silent = new ObjectStore(new ObjectStoreSettings(
                        nobody.url(),
                        "us-east-1",
                        "key",
                        "secret-secret",
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> silent.stat("incoming", "a")).hasMessageContaining("S3_ENDPOINT");
        }
    }

    @Test
    void aStoreWithoutListeningSaysSo() throws Exception {
        assertThat(store.listen("incoming", () -> {}, event -> {})).isFalse();
    }
}
