package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers that mean to keep others out, against the gateway as a process of its own. */
final class HostileCallersIT {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CLOSED = 0;
    private static final byte[] HEAVY = slowest(10_000, 9000);
    private static byte[] small = new byte[0];

    @BeforeAll
    static void readSmall() throws Exception {
        small = Files.readAllBytes(Path.of("../../samples/fixtures/photo.jpg"));
    }

    @Test
    void aCallWhoseTimeIsOutGivesItsThreadToTheNext() throws Exception {
        // More than the next call is given below: it has the same limit, and waiting for the thread counts.
        try (LocalGatewayProcess gateway = oneThread(Map.of("exec_timeout", "1200ms"))) {
            URI bw = gateway.at("/function/bw");

            // Others may keep the machine busy for a second; a call that kept its thread would do so every time.
            await().atMost(MINUTE).untilAsserted(() -> assertTheNextIsAnsweredAfterATimeout(bw));
            assertThat(gateway.log()).doesNotContain("CancellationException");
        }
    }

    private static void assertTheNextIsAnsweredAfterATimeout(URI function) {
        // Then nothing runs that was begun before.
        warm(function);
        assertThat(post(function, HEAVY).join().statusCode()).isEqualTo(504);
        long over = System.nanoTime();
        HttpResponse<byte[]> next = post(function, small).join();

        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - over)).isLessThan(SECOND);
    }

    @Test
    void aCallerThatLeavesGivesItsThreadToTheNext() throws Exception {
        try (LocalGatewayProcess gateway = oneThread(Map.of())) {
            URI bw = gateway.at("/function/bw");
            warm(bw);
            try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), bw.getPort())) {
                caller.getOutputStream()
                        .write(("POST /function/bw HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + HEAVY.length
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                caller.getOutputStream().write(HEAVY);
                await().pollInterval(Duration.ofMillis(20)).until(() -> running(gateway) == 1);
            }

            await().atMost(SECOND.multipliedBy(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> running(gateway) == 0);
            assertThat(post(bw, small).join().statusCode()).isEqualTo(200);
            assertThat(gateway.log()).doesNotContain("CancellationException");
        }
    }

    /** Bodies that could never be held, and bodies of which one can: that is read, and is no picture. */
    @ParameterizedTest
    @CsvSource({"40, 413, 413", "12, 429, 415"})
    void bodiesThatTheHeapCannotHoldAreRefusedAndSmallOnesAnswered(int megabytes, int refused, int read)
            throws Exception {
        byte[] large = new byte[megabytes << 20];
        // Whose calls do not wait until those bodies are sent.
        try (HttpClient byAnother = HttpClient.newHttpClient();
                LocalGatewayProcess gateway = LocalGatewayProcess.launch(List.of(), List.of("-Xmx64m"), Map.of())
                        .listening()) {
            URI bw = gateway.at("/function/bw");
            List<CompletableFuture<Integer>> calls = Stream.generate(
                            () -> post(bw, large).handle(HostileCallersIT::status))
                    .limit(64)
                    .toList();

            await().atMost(MINUTE)
                    .until(() -> byAnother
                                    .send(request(bw, small), BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            assertThat(calls).extracting(CompletableFuture::join).isSubsetOf(refused, read, CLOSED);
            assertThat(calls).extracting(CompletableFuture::join).contains(refused);
            assertThat(post(bw, small).join().statusCode()).isEqualTo(200);
        }
    }

    /** One whose reader finds no memory, and one that is read but cannot be converted. */
    @ParameterizedTest
    @CsvSource({"4BYTE_ABGR, 6, 6000", "BYTE_BINARY, 12, 9900"})
    void aPictureThatTheHeapCannotHoldIsToBeSentAgain(String kind, int type, int width) throws Exception {
        byte[] picture = picture(width, 5000 * width / 6000, type);
        try (LocalGatewayProcess gateway = LocalGatewayProcess.launch(List.of(), List.of("-Xmx64m"), Map.of())
                .listening()) {
            HttpResponse<byte[]> refused =
                    post(gateway.at("/function/bw"), picture).join();

            assertThat(refused.statusCode()).as(kind).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(post(gateway.at("/function/bw"), small).join().statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void limitsThatDoNotFitTheHeapStopTheStart() throws Exception {
        try (LocalGatewayProcess gateway =
                LocalGatewayProcess.launch(List.of(), List.of("-Xmx64m"), Map.of("IMAGE_FUNCTIONS_MAX_HELD", "512M"))) {
            assertThat(gateway.status()).isEqualTo(1);
            assertThat(gateway.log())
                    .contains("IMAGE_FUNCTIONS_MAX_HELD is 512M")
                    .contains("give the JVM -Xmx1024m");
        }
    }

    /** The status, or that the connection was closed while the body was still being sent. */
    private static int status(HttpResponse<byte[]> response, Throwable failure) {
        return failure == null ? response.statusCode() : CLOSED;
    }

    private static LocalGatewayProcess oneThread(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("IMAGE_FUNCTIONS_THREADS", "1");
        return LocalGatewayProcess.launch(List.of(), List.of("-Xmx1g"), settings)
                .listening();
    }

    /** A process's first pictures take longer, since classes are loaded. */
    private static void warm(URI function) {
        await().until(() -> post(function, small).join().statusCode() == 200);
    }

    private static CompletableFuture<HttpResponse<byte[]>> post(URI function, byte[] body) {
        return CLIENT.sendAsync(request(function, body), BodyHandlers.ofByteArray());
    }

    private static HttpRequest request(URI function, byte[] body) {
        return HttpRequest.newBuilder(function)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private static int running(LocalGatewayProcess gateway) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(gateway.at("/metrics")).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("function_calls_running"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** A PNG, all of it black, whose rows take longest: 16 bits a sample, each of them predicted from three. */
    private static byte[] slowest(int width, int height) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(rows, new Deflater(Deflater.BEST_SPEED))) {
            byte[] row = new byte[1 + 2 * width];
            row[0] = 4;
            for (int y = 0; y < height; y++) {
                deflated.write(row);
            }
            deflated.finish();
            png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            byte[] sixteenBitsOfGrey = {16, 0, 0, 0, 0};
            chunk(
                    png,
                    "IHDR",
                    ByteBuffer.allocate(13)
                            .putInt(width)
                            .putInt(height)
                            .put(sixteenBitsOfGrey)
                            .array());
            chunk(png, "IDAT", rows.toByteArray());
            chunk(png, "IEND", new byte[0]);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.US_ASCII));
        sum.update(data);
        DataOutputStream out = new DataOutputStream(png);
        out.writeInt(data.length);
        out.writeBytes(type);
        out.write(data);
        out.writeInt((int) sum.getValue());
    }

    /** A PNG, all of it black. */
    private static byte[] picture(int width, int height, int type) {
        try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(width, height, type), "png", file);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
