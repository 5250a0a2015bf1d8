package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.NatsCluster;
import imagefunctions.testservers.ReservedPort;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/async.md, docs/elsewhere.md and docs/buckets.md that one machine can run, after one start with the
 * variables of all of them: a cluster of NATS servers, a gateway of OpenFaaS and peers have tests of their own.
 */
final class PageCommandsIT {
    private static final String UP = "./run up\n";

    @AutoClose
    private static Checkout checkout;

    @AutoClose
    private static ReservedPort nats;

    @AutoClose
    private static ReservedPort sepia;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        checkout = new Checkout(folder, Map.of("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", "1G"));
        nats = new ReservedPort();
        sepia = new ReservedPort();
        Files.copy(Checkout.ROOT.resolve("samples/seeding.jpg"), folder.resolve("photo.jpg"));
        BrownFunction.write(folder.resolve("target/quarkus-app/quarkus-run.jar"));
        String besides =
                DocsPage.ELSEWHERE.blocks("A function that runs beside", "").getFirst();
        String queues = DocsPage.ASYNC.blocks("Queues", "").getFirst();
        String workflow = DocsPage.BUCKETS.blocks("processimages", "").get(1);
        String up = (NatsCluster.isInstalled() ? onNats() : UP)
                .replace(UP, variables(besides) + variables(queues) + variables(workflow) + UP);
        checkout.up((besides.lines().findFirst().orElseThrow() + "\n" + up)
                .replace("8081", sepia.toString())
                .replace("4222", nats.toString()));
    }

    /** What the page sets for this start alone. */
    private static String variables(String block) {
        String line = block.lines()
                .filter(one -> one.endsWith(UP.strip()))
                .findFirst()
                .orElseThrow();
        return line.substring(0, line.length() - UP.strip().length());
    }

    /** Without the package that is installed, and with a port that is free. */
    private static String onNats() throws IOException {
        String block = DocsPage.ASYNC.blocks("On NATS JetStream", "").stream()
                .filter(one -> one.contains("nats-server --jetstream"))
                .findFirst()
                .orElseThrow();
        return block.lines()
                        .filter(line -> !line.startsWith("apt-get"))
                        .map(line -> line.replace("nats-server", "nats-server --addr 127.0.0.1 --port 4222"))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static Path file(String name) {
        return checkout.folder.resolve(name);
    }

    /** Waits until the receiver has a result. */
    private static byte[] delivered(String name) throws IOException {
        String url = "http://127.0.0.1:" + checkout.receiver + "/messages/" + name;
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Curl.of("--fail", "-o", file("delivered").toString(), url)
                                .exit()
                        == 0);
        return Files.readAllBytes(file("delivered"));
    }

    private static String run(String commands) throws Exception {
        return checkout.run(commands);
    }

    @Test
    void anAsynchronousCallIsDelivered() throws Exception {
        run(DocsPage.ASYNC.blocks("Asynchronous calls", "").getFirst());

        assertThat(ImageIO.read(new ByteArrayInputStream(delivered("draft.jpg")))
                        .getWidth())
                .isEqualTo(240);
    }

    @Test
    void aCallHasRetriesAndAnExpiryOfItsOwn() throws Exception {
        assertThat(run(DocsPage.ASYNC
                        .blocks("Retries and expiry of one call", "")
                        .getFirst()
                        .replace("curl ", "curl -w '%{http_code}' ")))
                .isEqualTo("202");
    }

    @Test
    void aSignatureIsCheckedByOpenssl() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));

        assertThat(run(DocsPage.ASYNC.blocks("Signature", "").getFirst()).strip())
                .endsWith(HexFormat.of().formatHex(mac.doFinal("call-1\n200\nresult".getBytes(UTF_8))));
    }

    static boolean natsIsThere() {
        return NatsCluster.isInstalled();
    }

    @Test
    @EnabledIf(value = "natsIsThere", disabledReason = NatsCluster.MISSING)
    void theNatsServerKeepsEveryQueue() throws Exception {
        Connection connection = Nats.connect("nats://127.0.0.1:" + nats);
        try {
            assertThat(connection.jetStreamManagement().getConsumerNames("image-functions-calls"))
                    .contains("waiting", "slow");
        } finally {
            connection.close();
        }
    }

    @Test
    void aFunctionThatRunsBesideIsCalledAsTheOthersAre() throws Exception {
        String described =
                run(DocsPage.ELSEWHERE.blocks("A function that runs beside", "").get(1));

        byte[] brown = BrownFunction.brown(Files.readAllBytes(file("photo.jpg")));
        assertThat(described).contains("\"name\":\"sepia\"");
        assertThat(file("sepia.jpg")).hasBinaryContent(brown);
        assertThat(delivered("sepia.jpg")).isEqualTo(brown);
    }

    @Test
    void anUploadIsConvertedAndThenByAWorkflow() throws Exception {
        String[] commands =
                DocsPage.BUCKETS.blocks("On one machine", "").getFirst().split("(?m)^(?=curl)", -1);
        run(commands[0] + commands[1]);
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(grey(commands[0] + commands[2])).isEqualTo(1920));

        String workflow = DocsPage.BUCKETS.blocks("processimages", "").get(1);
        assertThat(run(workflow.substring(workflow.indexOf("curl")))).isEqualTo("[\"seeding.jpg\"]");
        assertThat(grey(commands[0] + commands[2])).isEqualTo(128);
    }

    /** Downloads the result, and gives its width. */
    private static int grey(String download) throws Exception {
        run(download);
        return ImageIO.read(file("grey.jpg").toFile()).getWidth();
    }
}
