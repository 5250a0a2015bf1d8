package imagefunctions.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.testservers.BareHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged receiver, which each test starts with settings of its own. */
final class ReceiverProcessIT {
    private final Path folder;

    ReceiverProcessIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void afterAKillEveryAnsweredMessageIsWholeAndNoHalfOneIsThere() throws Exception {
        byte[] body = new byte[200_000];
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, Map.of())) {
            for (int i = 0; i < 20; i++) {
                assertThat(receiver.post("/messages/kept-" + i, body, "X-Call-Id", "kept-" + i)
                                .statusCode())
                        .isEqualTo(201);
            }
            try (Socket half = receiver.startPost("half", 1_000_000, body)) {
                await().until(receiver::isSomethingArriving);
                receiver.kill();
                assertThat(half.isClosed()).isFalse();
            }
        }
        // What a process leaves that ended between the two names of a message.
        Files.createDirectories(folder.resolve("messages/torn"));
        Files.copy(folder.resolve("messages/kept-0/.kept-0.json"), folder.resolve("messages/torn/.torn.json"));
        Files.delete(folder.resolve("messages/kept-0/kept-0"));
        Files.writeString(folder.resolve("messages/kept-1/.kept-1.json"), "{\"number\":");

        try (ReceiverProcess receiver = ReceiverProcess.start(folder, Map.of())) {
            JsonNode list = receiver.json("/messages?limit=100");
            assertThat(list.path("count").asInt()).isEqualTo(18);
            assertThat(list.path("messages").get(0).path("name").asText()).isEqualTo("kept-19");
            assertThat(receiver.get("/messages/kept-7").body()).isEqualTo(body);
            assertThat(receiver.get("/messages/half").statusCode()).isEqualTo(404);
            assertThat(receiver.isSomethingArriving()).isFalse();
            assertThat(receiver.post("/messages/kept-7", body, "X-Call-Id", "kept-7")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void messagesAreForTheirOwnerAloneThoseOfAnEarlierStartToo() throws Exception {
        Files.createDirectories(folder.resolve("messages"));
        for (Path open : List.of(folder, folder.resolve("messages"))) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, Map.of())) {
            receiver.post("/messages/name", new byte[10], "X-Call-Id", "call-1");

            for (String made : List.of("", "in", "messages", "failures", "messages/call-1")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(made))))
                        .as(made)
                        .isEqualTo("rwx------");
            }
            for (String file : List.of("messages/call-1/name", "messages/call-1/.name.json")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void withASecretOnlySignedMessagesAreKept() throws Exception {
        try (ReceiverProcess receiver =
                ReceiverProcess.start(folder, Map.of("IMAGE_FUNCTIONS_CALLBACK_SECRET", "s3cret"))) {
            byte[] body = "result".getBytes(UTF_8);
            // printf 'call-1\n200\nresult' | openssl dgst -sha256 -hmac s3cret
            String right = "sha256=1bb6a3a297c2cf5d251af39fc2e1845d647bec6ab755d324893630bdf7f02a5d";
            for (String wrong :
                    new String[] {"", "sha256=00", right.replace('a', 'b'), right.toUpperCase(Locale.ROOT)}) {
                HttpResponse<String> answer = receiver.post(
                        "/messages/signed",
                        body,
                        "X-Call-Id",
                        "call-1",
                        "X-Function-Status",
                        "200",
                        "X-Signature-256",
                        wrong);
                assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
            }
            assertThat(receiver.post("/messages/signed", body, "X-Call-Id", "call-1")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(receiver.post(
                                    "/messages/signed",
                                    body,
                                    "X-Call-Id",
                                    "call-1",
                                    "X-Function-Status",
                                    "500",
                                    "X-Signature-256",
                                    right)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(receiver.json("/messages").path("count").asInt()).isZero();

            assertThat(receiver.post(
                                    "/messages/signed",
                                    body,
                                    "X-Call-Id",
                                    "call-1",
                                    "X-Function-Status",
                                    "200",
                                    "X-Signature-256",
                                    right)
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void onSigtermMessagesAreKeptForAWhileAndWhatIsArrivingIsKeptEvenThen() throws Exception {
        byte[] half = new byte[500_000];
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, Map.of("QUARKUS_SHUTDOWN_DELAY", "3s"));
                Socket events = new Socket(
                        InetAddress.getLoopbackAddress(), receiver.at("/").getPort());
                Socket sender = receiver.startPost("arriving", 1_000_000, half)) {
            events.getOutputStream().write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            await().until(receiver::isSomethingArriving);
            receiver.terminate();
            await().until(() -> receiver.get("/_/ready").statusCode() == 503);
            HttpResponse<String> late = receiver.post("/messages/late", half);
            assertThat(late.statusCode()).isEqualTo(201);
            assertThat(late.headers().firstValue("Connection")).contains("close");
            await().until(() -> BareHttp.refuses(receiver.at("/")));
            sender.getOutputStream().write(half);

            byte[] answer = new byte[12];
            assertThat(sender.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            assertThat(answer).asString(US_ASCII).isEqualTo("HTTP/1.1 201");
            assertThat(receiver.status()).isEqualTo(143);
        }
        assertThat(folder.resolve("messages/arriving/arriving")).hasSize(1_000_000);
    }

    @Test
    void aHeadThatComesTooSlowlyEndsTheConnection() throws Exception {
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, Map.of("IMAGE_FUNCTIONS_HEAD_TIMEOUT", "1s"));
                Socket slow = new Socket(
                        InetAddress.getLoopbackAddress(), receiver.at("/").getPort())) {
            slow.setSoTimeout(30_000);
            byte[] ready = "GET /_/ready HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII);
            slow.getOutputStream().write(ready);
            assertThat(slow.getInputStream().readNBytes(12)).asString(US_ASCII).isEqualTo("HTTP/1.1 200");
            // Time for a second one starts with its first byte, and more bytes give no more.
            long start = System.nanoTime();
            slow.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(US_ASCII));
            StringBuilder answer = new StringBuilder();
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                slow.getOutputStream().write('x');
                answer.append(new String(
                        slow.getInputStream().readNBytes(slow.getInputStream().available()), US_ASCII));
                return answer.indexOf("callId") >= 0;
            });

            assertThat(answer).contains("HTTP/1.1 408", "The head of the request did not arrive within 1 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
            assertThat(receiver.get("/_/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aReaderThatTakesNothingIsLetGo() throws Exception {
        byte[] large = new byte[30_000_000];
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, Map.of("WRITE_TIMEOUT", "1s"));
                Socket stalled = new Socket()) {
            assertThat(receiver.post("/messages/large", large).statusCode()).isEqualTo(201);
            stalled.setReceiveBufferSize(10_000);
            stalled.setSoTimeout(30_000);
            stalled.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), receiver.at("/").getPort()));
            stalled.getOutputStream().write("GET /messages/large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertThat(stalled.getInputStream().read()).isEqualTo('H');
            assertThat(isOpen(stalled)).isTrue();
            await().until(() -> !isOpen(stalled));

            assertThat(receiver.get("/messages/large").body()).hasSize(large.length);
        }
    }

    /** Whether the receiver's end of a connection is open, by the kernel's tables. */
    private static boolean isOpen(Socket client) throws IOException {
        Pattern connection =
                Pattern.compile("[0-9A-F]+:%04X [0-9A-F]+:%04X 01 ".formatted(client.getPort(), client.getLocalPort()));
        return connection
                .matcher(Files.readString(Path.of("/proc/net/tcp")) + Files.readString(Path.of("/proc/net/tcp6")))
                .find();
    }

    @Test
    void twoReceiversCannotShareAFolder() throws Exception {
        try (ReceiverProcess first = ReceiverProcess.start(folder, Map.of());
                ReceiverProcess second = ReceiverProcess.launch(folder, Map.of())) {
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.log()).contains("in use by another process");
            assertThat(first.get("/_/ready").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LC_ALL,                             C,    'set LC_ALL, or LANG'",
        "IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT, 0,    IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT is 0",
        "IMAGE_FUNCTIONS_MESSAGES_MAX_BODY,  much, image-functions.messages.max-body",
        "READ_TIMEOUT,                       0s,   read_timeout",
        "IMAGE_FUNCTIONS_MESSAGES_FOLDER,    /dev/null, (IMAGE_FUNCTIONS_MESSAGES_FOLDER): Not a directory: /dev/null"
    })
    void aSettingThatIsNotAllowedStopsTheStartAndIsNamed(String variable, String value, String named) throws Exception {
        try (ReceiverProcess receiver = ReceiverProcess.launch(folder, Map.of(variable, value))) {
            assertThat(receiver.status()).isEqualTo(1);
            assertThat(receiver.log()).contains(named);
        }
    }
}
