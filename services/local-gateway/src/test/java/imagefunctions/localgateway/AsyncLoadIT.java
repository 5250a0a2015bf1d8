package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many and large calls on a machine that is small. */
final class AsyncLoadIT {
    private static final int BODIES = 64;
    private static final int PIECE = 1 << 20;
    private static final int PIECES = 20;

    /** Of a receiver that is not there yet. */
    @AutoClose
    private final ReservedPort port = new ReservedPort();

    private final Path folder;

    AsyncLoadIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
    }

    @Test
    void sixtyFourBodiesOf20MegabytesArriveAtTheSameTimeInASmallHeap() throws Exception {
        Map<String, String> environment = Map.of(
                "IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString(),
                "IMAGE_FUNCTIONS_S3_FOLDER", folder.resolve("s3").toString());
        try (CallbackServer receiver = CallbackServer.start();
                LocalGatewayProcess gateway = LocalGatewayProcess.launch(List.of(), List.of("-Xmx96m"), environment)
                        .listening();
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            CyclicBarrier halfway = new CyclicBarrier(BODIES);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < BODIES; i++) {
                answers.add(senders.submit(() -> send(gateway.at("/"), receiver.url("/200"), halfway)));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("HTTP/1.1 202");
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> receiver.deliveries.size() == BODIES);

            assertThat(receiver.deliveries).allSatisfy(delivery -> assertThat(delivery.header("x-function-status"))
                    .isEqualTo("415"));
            assertThat(gateway.log()).doesNotContain("OutOfMemoryError");
        }
    }

    /** A body that is no picture; all of them are half sent before one is sent whole. */
    private static String send(URI gateway, String callbackUrl, CyclicBarrier halfway) throws Exception {
        byte[] piece = new byte[PIECE];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.getPort())) {
            socket.setSoTimeout(120_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /async-function/draft HTTP/1.1\r\nHost: localhost\r\nX-Callback-Url: " + callbackUrl
                            + "\r\nContent-Length: " + PIECES * PIECE + "\r\n\r\n")
                    .getBytes(US_ASCII));
            for (int i = 0; i < PIECES; i++) {
                if (i == PIECES / 2) {
                    halfway.await(120, TimeUnit.SECONDS);
                }
                out.write(piece);
            }
            return new String(socket.getInputStream().readNBytes(12), US_ASCII);
        }
    }

    @Test
    void aDiskThatRunsFullRefusesCallsAndDeliversThoseThatWereTaken() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("small-disk"));
        String mountAndRun = "mount -t tmpfs -o size=16m tmpfs '" + mount + "' && exec \"$0\" \"$@\"";
        List<String> onSmallDisk = List.of("unshare", "--mount", "--map-root-user", "sh", "-c", mountAndRun);
        List<String> probe = new ArrayList<>(onSmallDisk);
        probe.add("true");
        Process probing = new ProcessBuilder(probe).start();
        Assumptions.assumeTrue(
                probing.waitFor(10, TimeUnit.SECONDS) && probing.exitValue() == 0,
                "No small disk to be had: this system lets nobody mount a tmpfs in a namespace of its own");
        Map<String, String> environment = Map.of(
                "IMAGE_FUNCTIONS_SPOOL_FOLDER", mount.resolve("spool").toString(),
                "IMAGE_FUNCTIONS_SPOOL_MIN_FREE", "4M",
                "IMAGE_FUNCTIONS_ASYNC_ATTEMPTS", "64",
                "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "20ms",
                "IMAGE_FUNCTIONS_ASYNC_LONGEST_WAIT", "500ms",
                "IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS", "64",
                "IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "20ms",
                "IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", "500ms");
        byte[] photo = Files.readAllBytes(Path.of("../../samples/brushes.jpg"));
        try (LocalGatewayProcess gateway =
                LocalGatewayProcess.launch(onSmallDisk, List.of(), environment).listening()) {
            AsyncClient client = new AsyncClient(gateway.at("/"));
            String url = port.url() + "/200";
            List<String> taken = new ArrayList<>();
            HttpResponse<String> answer = client.call("transpose", photo, "X-Callback-Url", url);
            while (answer.statusCode() == 202 && taken.size() < 40) {
                taken.add(answer.headers().firstValue("X-Call-Id").orElseThrow());
                answer = client.call("transpose", photo, "X-Callback-Url", url);
            }
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("The disk with the queue of asynchronous calls is full.");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(taken).isNotEmpty();

            try (CallbackServer receiver = CallbackServer.at(port)) {
                for (String id : taken) {
                    await().atMost(Duration.ofMinutes(1))
                            .until(() -> client.state(id).equals("delivered"));
                    assertThat(receiver.of(id).getFirst().header("x-function-status"))
                            .isEqualTo("200");
                }
            }
        }
    }
}
