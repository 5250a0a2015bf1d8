package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import imagefunctions.testservers.NatsCluster;
import imagefunctions.testservers.ReservedPort;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
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

    @Nullable
    private static Checkout checkout;

    @Nullable
    private static ReservedPort nats;

    @Nullable
    private static ReservedPort sepia;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        checkout = new Checkout(folder, Map.of("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES", "1G"));
        nats = new ReservedPort();
        sepia = new ReservedPort();
        Files.copy(Checkout.ROOT.resolve("samples/seeding.jpg"), folder.resolve("photo.jpg"));
        writeFunction(folder.resolve("target/quarkus-app/quarkus-run.jar"));
        String besides =
                DocsPage.ELSEWHERE.blocks("A function that runs beside", "").getFirst();
        String queues = DocsPage.ASYNC.blocks("Queues", "").getFirst();
        String workflow = DocsPage.BUCKETS.blocks("processimages", "").get(1);
        String up = (NatsCluster.isInstalled() ? onNats() : UP)
                .replace(UP, variables(besides) + variables(queues) + variables(workflow) + UP);
        checkout()
                .up((besides.lines().findFirst().orElseThrow() + "\n" + up)
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

    /** A function of one's own: any program that answers POSTs. */
    private static void writeFunction(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.MAIN_CLASS, PageCommandsIT.class.getName());
        manifest.getMainAttributes()
                .put(Name.CLASS_PATH, Path.of("target/test-classes").toUri().toString());
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    /** The function: it adds a word to its body. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] brown = brown(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
                exchange.sendResponseHeaders(200, brown.length);
                exchange.getResponseBody().write(brown);
            }
        });
        server.start();
    }

    private static byte[] brown(byte[] photo) {
        byte[] word = "brown".getBytes(UTF_8);
        byte[] brown = new byte[photo.length + word.length];
        System.arraycopy(photo, 0, brown, 0, photo.length);
        System.arraycopy(word, 0, brown, photo.length, word.length);
        return brown;
    }

    @AfterAll
    static void stop() throws IOException {
        for (AutoCloseable opened :
                Stream.of(checkout, nats, sepia).filter(Objects::nonNull).toList()) {
            try {
                opened.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    private static Checkout checkout() {
        return Objects.requireNonNull(checkout);
    }

    private static Path file(String name) {
        return checkout().folder.resolve(name);
    }

    /** Waits until the receiver has a result. */
    private static byte[] delivered(String name) throws IOException {
        String url = "http://127.0.0.1:" + checkout().receiver + "/messages/" + name;
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Curl.of("--fail", "-o", file("delivered").toString(), url)
                                .exit()
                        == 0);
        return Files.readAllBytes(file("delivered"));
    }

    private static String run(String commands) throws Exception {
        return checkout().run(commands);
    }

    @Test
    void anAsynchronousCallIsDelivered() throws Exception {
        run(DocsPage.ASYNC.blocks("Asynchronous calls", "").getFirst());

        delivered("draft.jpg");
        assertThat(ImageIO.read(file("delivered").toFile()).getWidth()).isEqualTo(240);
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

        byte[] brown = brown(Files.readAllBytes(file("photo.jpg")));
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
