package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WorkflowsTest.Workflows.class)
final class WorkflowsTest {
    private static final Path SAMPLES = Path.of("../../samples");
    private static byte[] photo;

    /** The worked examples, and workflows for this test alone. */
    public static final class Workflows implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "workflows");
                for (Path from : List.of(Path.of("../../functions/chaining/examples"), Path.of("src/test/workflows"))) {
                    try (var files = Files.list(from)) {
                        for (Path file : files.toList()) {
                            Files.copy(file, folder.resolve(file.getFileName()));
                        }
                    }
                }
                return Map.of(
                        "image-functions.workflows",
                        folder.toString(),
                        "image-functions.runs-folder",
                        folder.resolve("runs").toString(),
                        "image-functions.threads",
                        "2",
                        "image-functions.async-attempts",
                        "1",
                        "image-functions.spool-folder",
                        Files.createTempDirectory(Path.of("target"), "spool").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeAll
    static void readPhoto() throws Exception {
        photo = Files.readAllBytes(SAMPLES.resolve("seeding.jpg"));
    }

    private static HttpResponse<byte[]> run(String query) throws Exception {
        return Http.post("/function/chaining" + query, photo);
    }

    private static BufferedImage picture(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    private static String size(byte[] file) throws IOException {
        BufferedImage picture = picture(file);
        return picture.getWidth() + "x" + picture.getHeight() + "x"
                + picture.getRaster().getNumBands();
    }

    private static Map<String, String> sizes(HttpResponse<byte[]> zipped) throws IOException {
        assertThat(zipped.headers().firstValue("Content-Type")).hasValue("application/zip");
        Map<String, String> sizes = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                sizes.put(entry.getName(), size(zip.readAllBytes()));
            }
        }
        return sizes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?workflow=sequence", "?workflow=pushdown"})
    void thePictureComesOutRotatedGreyAndSmall(String query) throws Exception {
        var response = run(query);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("image/jpeg");
        assertThat(size(response.body())).isEqualTo("128x72x1");
    }

    @ParameterizedTest
    @CsvSource({"seeding.jpg, ?workflow=sequence", "map.jpg, ''", "fixtures/animated.gif, ''"})
    void theWorkflowGivesTheSamePictureAsThePipe(String sample, String query) throws Exception {
        String file = SAMPLES.resolve(sample).toString();
        String pipe = "curl -sS --fail --data-binary @" + file + " " + Http.at("/function/transpose")
                + " | curl -sS --fail --data-binary @- " + Http.at("/function/bw")
                + " | curl -sS --fail --data-binary @- " + Http.at("/function/thumbnail");

        byte[] piped = shell(pipe);
        byte[] chained = shell("curl -sS --fail --data-binary @" + file + " " + Http.at("/function/chaining") + query);

        assertThat(chained).isEqualTo(piped);
        assertThat(picture(chained)).isNotNull();
    }

    private static byte[] shell(String command) throws Exception {
        Process process = new ProcessBuilder("bash", "-o", "pipefail", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] printed = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    @Test
    void theRequestSaysHowLargeThePictureBecomes() throws Exception {
        assertThat(size(run("?workflow=request&width=320&height=320").body())).isEqualTo("320x180x3");
        assertThat(size(run("?workflow=request").body())).isEqualTo("128x72x3");
    }

    @Test
    void aZipOfPhotosGoesInAndAZipOfSmallOnesComesOut() throws Exception {
        ByteArrayOutputStream photos = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(photos)) {
            for (String name : List.of("seeding.jpg", "map.jpg")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(Files.readAllBytes(SAMPLES.resolve(name)));
            }
            zip.putNextEntry(new ZipEntry("notes.txt"));
            zip.write("no photo".getBytes(StandardCharsets.UTF_8));
        }

        var response = Http.post("/function/chaining?workflow=archive", photos.toByteArray());

        assertThat(sizes(response)).isEqualTo(Map.of("seeding.jpg", "320x180x3", "map.jpg", "320x200x3"));
        assertThat(response.headers().firstValue("X-Workflow-Left-Out")).hasValue("each[notes.txt]");
    }

    @Test
    void aDurableRunAnswersItsRepetitionAndTellsOfItself() throws Exception {
        var first = Http.post("/function/chaining?workflow=durable", photo, "X-Call-Id", "my-run");
        var again = Http.post("/function/chaining?workflow=durable", photo, "X-Call-Id", "my-run");

        assertThat(size(first.body())).isEqualTo("128x72x1");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(Http.send("GET", "/function/chaining?state-flow=my-run").body())
                .contains("\"state\":\"succeeded\"", "\"function\":\"transpose\"");
    }

    @Test
    void aRunIsSteeredByTheCommandsOfThePage(@TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("samples"), SAMPLES.toRealPath());
        List<List<String>> blocks = DocsPage.WORKFLOWS.blocks("Steer a run", "").stream()
                .map(block -> List.of(block.split("(?m)^(?=curl)")))
                .toList();
        HeldFunctions.REACHED.drainPermits();
        HeldFunctions.RELEASED.drainPermits();

        steer(folder, blocks.get(0).get(0));
        HeldFunctions.REACHED.acquire();
        assertThat(steer(folder, blocks.get(0).get(1))).contains("\"state\":\"running\"", "\"function\":\"transpose\"");
        steer(folder, blocks.get(1).get(0));
        HeldFunctions.RELEASED.release();
        untilState("first", "paused");
        assertThat(steer(folder, blocks.get(1).get(1))).contains("\"run\":\"first\"");
        steer(folder, blocks.get(1).get(2));
        assertThat(size(Files.readAllBytes(folder.resolve("small.jpg")))).isEqualTo("128x72x3");
        untilState("first", "succeeded");

        steer(folder, blocks.get(2).get(0));
        HeldFunctions.REACHED.acquire();
        steer(folder, blocks.get(2).get(1));
        HeldFunctions.RELEASED.release();
        untilState("second", "stopped");
        assertThat(state("second")).doesNotContain("\"function\":\"thumbnail\"");

        Files.delete(folder.resolve("small.jpg"));
        HeldFunctions.BROKEN.set(true);
        HeldFunctions.RELEASED.release(2);
        steer(folder, blocks.get(3).get(0));
        untilState("third", "failed");
        HeldFunctions.BROKEN.set(false);
        steer(folder, blocks.get(3).get(1));
        assertThat(size(Files.readAllBytes(folder.resolve("small.jpg")))).isEqualTo("128x72x3");
        assertThat(state("third").split("\"function\":\"transpose\"", -1)).hasSize(2);
    }

    /** Runs a command of the page, which may not be answered with an error. */
    private static String steer(Path folder, String command) throws Exception {
        String here = command.replace("curl ", "curl -sS --fail-with-body --max-time 60 ")
                .replace("http://127.0.0.1:8080", Http.at("").toString());
        return new String(shell("cd " + folder + "\n" + here), StandardCharsets.UTF_8);
    }

    private static String state(String run) throws Exception {
        return Http.send("GET", "/function/chaining?state-flow=" + run).body();
    }

    private static void untilState(String run, String state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> state(run).contains("\"state\":\"" + state + "\""));
    }

    @Test
    void branchesAreZipped() throws Exception {
        assertThat(sizes(run("?workflow=parallel")))
                .containsExactly(
                        Map.entry("preview.jpg", "240x135x1"),
                        Map.entry("small.jpg", "128x72x3"),
                        Map.entry("small-grey.jpg", "128x72x1"));
    }

    @Test
    void foreachMakesOnePictureASize() throws Exception {
        assertThat(sizes(run("?workflow=foreach")))
                .containsExactly(
                        Map.entry("64.jpg", "64x36x3"),
                        Map.entry("128.jpg", "128x72x3"),
                        Map.entry("256.jpg", "256x144x3"),
                        Map.entry("512.jpg", "512x288x3"));
    }

    @Test
    void manySizesComeFromOneReadingOfThePhoto() throws Exception {
        assertThat(sizes(run("?workflow=sizes")))
                .containsExactly(
                        Map.entry("64.jpg", "64x36x3"),
                        Map.entry("128.jpg", "128x72x3"),
                        Map.entry("256.jpg", "256x144x3"),
                        Map.entry("512.jpg", "512x288x3"),
                        Map.entry("1024.jpg", "1024x576x3"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                  640x360x3",
        "&size=full,         1920x1080x3",
        "&tone=gray,          640x360x1",
        "&tone=grey&size=full,1920x1080x1",
        "&tone=red,           640x360x3"
    })
    void whatIsDoneDependsOnTheRequest(String query, String size) throws Exception {
        assertThat(size(run("?workflow=when" + query).body())).isEqualTo(size);
    }

    @Test
    void aHeaderTurnsThePictureFirst() throws Exception {
        var response = Http.post("/function/chaining?workflow=when&tone=grey", photo, "X-Turn", "left");

        assertThat(size(response.body())).isEqualTo("360x640x1");
    }

    @Test
    void aStepThatMayFailIsLeftOut() throws Exception {
        var response = run("?workflow=failure");

        assertThat(response.headers().firstValue("X-Workflow-Left-Out")).hasValue("watermark");
        assertThat(size(response.body())).isEqualTo("128x72x3");
    }

    @ParameterizedTest
    @CsvSource({"sequence, transpose", "pushdown, transpose", "failure, thumbnail"})
    void aBodyThatIsNoPictureIsAFailureOfItsStep(String workflow, String step) throws Exception {
        var response = Http.post(
                "/function/chaining?workflow=" + workflow, "no picture at all".getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("X-Workflow-Step")).hasValue(step);
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("stepStatus").asInt()).isEqualTo(415);
        assertThat(problem.path("stepText").asText()).contains("JPEG");
        assertThat(response.headers().firstValue("X-Call-Id"))
                .hasValue(problem.path("callId").asText());
    }

    /**
     * Where the steps encode pixels in between, each time costs a picture of this size 38 to 45 dB; turning and
     * greying a JPEG may cost nothing.
     */
    @ParameterizedTest
    @CsvSource({"one-pass, 400x225x1, 45", "one-pass-in-branches, 300x169x1, 38"})
    void onePassGivesWhatItsStepsGiveButForTheEncodingsInBetween(String workflow, String size, double decibels)
            throws Exception {
        byte[] passed = run("?workflow=" + workflow).body();
        byte[] stepped = run("?workflow=" + workflow + "-stepped").body();

        assertThat(size(passed)).isEqualTo(size).isEqualTo(size(stepped));
        assertThat(calls(workflow)).isEqualTo(1);
        assertThat(calls(workflow + "-stepped")).isGreaterThan(2);
        assertThat(decibels(picture(passed), picture(stepped))).isGreaterThan(decibels);
    }

    private static int calls(String workflow) throws Exception {
        return new ObjectMapper()
                .readTree(run("?explain=true&workflow=" + workflow).body())
                .path("steps")
                .size();
    }

    /** The peak signal-to-noise ratio of two grey pictures of one size. */
    private static double decibels(BufferedImage a, BufferedImage b) {
        double squares = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                int difference =
                        a.getRaster().getSample(x, y, 0) - b.getRaster().getSample(x, y, 0);
                squares += difference * difference;
            }
        }
        return 10 * Math.log10(255.0 * 255.0 * a.getWidth() * a.getHeight() / squares);
    }

    /** Two threads compute, 64 calls may wait, and four callers want 32 calls at once. */
    @ParameterizedTest
    @ValueSource(strings = {"wide", "wide-of-workflows"})
    void aWorkflowThatFansOutWiderThanThePoolDoesNotDeadlock(String workflow) throws Exception {
        byte[] small = Files.readAllBytes(SAMPLES.resolve("fixtures/orientation-1.jpg"));
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<HttpResponse<byte[]>>> calls =
                    Collections.nCopies(4, () -> Http.post("/function/chaining?workflow=" + workflow, small));
            for (Future<HttpResponse<byte[]>> answer : callers.invokeAll(calls)) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
                assertThat(sizes(answer.get())).hasSize(32);
            }
        }
    }

    @Test
    void aWorkflowThatCallsItselfIsStopped() throws Exception {
        var response = run("?workflow=endless");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("look for one that calls itself");
    }

    @ParameterizedTest
    @CsvSource({"sequence, 200, image/jpeg", "broken, 502, application/problem+json"})
    void behindAnAsynchronousCallTheCallbackGetsWhatTheWorkflowAnswers(String workflow, String status, String type)
            throws Exception {
        BlockingQueue<Map.Entry<Headers, byte[]>> callbacks = new LinkedBlockingQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            callbacks.add(Map.entry(
                    exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        receiver.start();
        try {
            String receiving = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
            var accepted =
                    Http.post("/async-function/chaining?workflow=" + workflow, photo, "X-Callback-Url", receiving);

            assertThat(accepted.statusCode()).isEqualTo(202);
            var callback = callbacks.poll(60, TimeUnit.SECONDS);
            assertThat(callback).isNotNull();
            assertThat(callback.getKey().getFirst("X-Function-Status")).isEqualTo(status);
            assertThat(callback.getKey().getFirst("Content-Type")).isEqualTo(type);
            assertThat(callback.getKey().getFirst("X-Call-Id"))
                    .isEqualTo(accepted.headers().firstValue("X-Call-Id").orElseThrow());
            if (status.equals("200")) {
                assertThat(callback.getValue())
                        .isEqualTo(run("?workflow=sequence").body());
            } else {
                assertThat(callback.getKey().getFirst("X-Workflow-Step")).isEqualTo("turn");
            }
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void aGetSaysHowToUseIt() throws Exception {
        assertThat(Http.send("GET", "/function/chaining").body())
                .contains("curl --data-binary @photo.jpg " + Http.at("/function/chaining"), "failure, foreach, ");
    }
}
