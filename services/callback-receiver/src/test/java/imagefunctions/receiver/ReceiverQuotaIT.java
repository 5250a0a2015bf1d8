package imagefunctions.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much room messages may take, and what becomes of those that find none. */
final class ReceiverQuotaIT {
    private static final Map<String, String> TIGHT =
            Map.of("IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT", "3", "IMAGE_FUNCTIONS_MESSAGES_MAX_BYTES", "10000");

    private final Path folder;

    ReceiverQuotaIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void quotasAnswer507AndNothingThatIsKeptIsTouched() throws Exception {
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, TIGHT)) {
            assertThat(receiver.post("/messages/one", new byte[6000], "X-Call-Id", "one")
                            .statusCode())
                    .isEqualTo(201);
            HttpResponse<String> bytes = receiver.post("/messages/two", new byte[6000]);
            assertThat(bytes.statusCode()).isEqualTo(507);
            assertThat(bytes.body()).contains("6000 of 10000 bytes", "IMAGE_FUNCTIONS_MESSAGES_MAX_BYTES");
            assertThat(receiver.post("/messages/two", new byte[10]).statusCode())
                    .isEqualTo(201);
            assertThat(receiver.post("/messages/three", new byte[10]).statusCode())
                    .isEqualTo(201);
            HttpResponse<String> count = receiver.post("/messages/four", new byte[10]);
            assertThat(count.statusCode()).isEqualTo(507);
            assertThat(count.body()).contains("3 messages", "IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT");

            assertThat(receiver.post("/messages/one", new byte[6000], "X-Call-Id", "one")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(receiver.get("/messages/one").body()).hasSize(6000);
        }
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, TIGHT)) {
            assertThat(receiver.post("/messages/four", new byte[10]).statusCode())
                    .isEqualTo(507);
        }
    }

    @Test
    void aRepetitionOfWhatIsDeletedMeanwhileTakesRoomLikeAnyMessage() throws Exception {
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, TIGHT);
                Socket again = startRepetition(receiver)) {
            assertThat(delete(receiver, "one")).isEqualTo(204);
            assertThat(finishRepetition(again)).isEqualTo("HTTP/1.1 201");

            HttpResponse<String> second = receiver.post("/messages/two", new byte[6000]);
            assertThat(second.statusCode()).isEqualTo(507);
            assertThat(second.body()).contains("6000 of 10000 bytes");
            assertThat(delete(receiver, "one")).isEqualTo(204);
            HttpResponse<String> large = receiver.post("/messages/two", new byte[10_001]);
            assertThat(large.statusCode()).isEqualTo(507);
            assertThat(large.body()).contains("keeps 0 of 10000 bytes");
        }
    }

    @Test
    void aRepetitionOfWhatIsDeletedMeanwhileIsRefusedIfItsRoomIsTaken() throws Exception {
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, TIGHT);
                Socket again = startRepetition(receiver)) {
            assertThat(delete(receiver, "one")).isEqualTo(204);
            assertThat(receiver.post("/messages/two", new byte[6000], "X-Call-Id", "two")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(finishRepetition(again)).isEqualTo("HTTP/1.1 507");

            assertThat(receiver.get("/messages/one").statusCode()).isEqualTo(404);
            assertThat(folder.resolve("in")).isEmptyDirectory();
            assertThat(delete(receiver, "two")).isEqualTo(204);
            assertThat(receiver.post("/messages/two", new byte[10_001]).body()).contains("keeps 0 of 10000 bytes");
        }
    }

    @Test
    void repetitionsInFlightTakeNoMoreOfTheDiskThanTheQuota() throws Exception {
        int quota = 30 << 20;
        // What the sockets hold of it is little beside it: all but that has been taken once it is sent.
        byte[] most = new byte[quota];
        List<Socket> repetitions = new ArrayList<>();
        try (ReceiverProcess receiver =
                ReceiverProcess.start(folder, Map.of("IMAGE_FUNCTIONS_MESSAGES_MAX_BYTES", String.valueOf(quota)))) {
            assertThat(receiver.post("/messages/one", new byte[10], "X-Call-Id", "one")
                            .statusCode())
                    .isEqualTo(201);
            for (int i = 0; i < 3; i++) {
                repetitions.add(receiver.startPost("one", most.length + 1, most));
            }
            assertThat(receiver.bytesArriving()).isLessThanOrEqualTo(quota);

            for (Socket again : repetitions) {
                again.getOutputStream().write(0);
                assertThat(again.getInputStream().readNBytes(12))
                        .asString(US_ASCII)
                        .isEqualTo("HTTP/1.1 200");
            }
            assertThat(receiver.get("/messages/one").body()).hasSize(10);
            assertThat(folder.resolve("in")).isEmptyDirectory();
            assertThat(receiver.post("/messages/two", new byte[quota - 10]).statusCode())
                    .isEqualTo(201);
        } finally {
            for (Socket again : repetitions) {
                again.close();
            }
        }
    }

    /** Half of a repetition of a message of 6000 bytes. */
    private Socket startRepetition(ReceiverProcess receiver) throws Exception {
        assertThat(receiver.post("/messages/one", new byte[6000], "X-Call-Id", "one")
                        .statusCode())
                .isEqualTo(201);
        Socket again = receiver.startPost("one", 6000, new byte[3000]);
        await().until(receiver::isSomethingArriving);
        return again;
    }

    private static String finishRepetition(Socket again) throws IOException {
        again.getOutputStream().write(new byte[3000]);
        return new String(again.getInputStream().readNBytes(12), US_ASCII);
    }

    private static int delete(ReceiverProcess receiver, String name) throws Exception {
        return receiver.send(HttpRequest.newBuilder(receiver.at("/messages/" + name + "?call=" + name))
                        .DELETE())
                .statusCode();
    }

    @Test
    void aFullDiskAnswers507AndLeavesNothingOfTheMessage() throws Exception {
        Assumptions.assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()),
                "No small disk to be had: only root may mount one");
        try (ReceiverProcess receiver = ReceiverProcess.start(folder, Map.of())) {
            assertThat(receiver.post("/messages/small", new byte[10], "X-Call-Id", "call-1")
                            .statusCode())
                    .isEqualTo(201);
            HttpResponse<String> full = receiver.post("/messages/large", new byte[2 << 20], "X-Call-Id", "call-2");

            assertThat(full.statusCode()).isEqualTo(507);
            assertThat(full.body()).contains("disk is full", "IMAGE_FUNCTIONS_MESSAGES_FOLDER", "call-2");
            assertThat(folder.resolve("in")).isEmptyDirectory();
            assertThat(receiver.post("/messages/large", new byte[1 << 19], "X-Call-Id", "call-2")
                            .statusCode())
                    .isEqualTo(201);
        } finally {
            succeeds("umount", folder.toString());
        }
    }

    private static boolean succeeds(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void aMessageThatCannotBeNamedLeavesNothingAndTakesNoRoom() throws Exception {
        Path inTheWay = Files.createDirectories(folder.resolve("messages/call-1/.name.json/in-the-way"));
        try (ReceiverProcess receiver =
                ReceiverProcess.start(folder, Map.of("IMAGE_FUNCTIONS_MESSAGES_MAX_COUNT", "1"))) {
            assertThat(receiver.post("/messages/name", new byte[10], "X-Call-Id", "call-1")
                            .statusCode())
                    .isEqualTo(500);
            assertThat(folder.resolve("in")).isEmptyDirectory();
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            assertThat(receiver.post("/messages/name", new byte[10], "X-Call-Id", "call-1")
                            .statusCode())
                    .isEqualTo(201);
        }
    }
}
