package imagefunctions.localgateway;

import static imagefunctions.testservers.BareHttp.get;
import static imagefunctions.testservers.BareHttp.getUntilTheServerEnds;
import static imagefunctions.testservers.BareHttp.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ApplicationProcess;
import imagefunctions.testservers.BareHttp;
import imagefunctions.testservers.PersistentCallers;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalGatewayProcessIT {
    private static final int CALLERS = 16;

    @Test
    void onSigtermCallsInFlightFinishAndNewOnesAreRefused(@TempDir Path folder) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/seeding.jpg"));
        try (LocalGatewayProcess gateway =
                        LocalGatewayProcess.start(Map.of("IMAGE_FUNCTIONS_S3_FOLDER", folder.toString()));
                Socket caller = post(gateway.at("/function/thumbnail"), photo.length)) {
            int half = photo.length / 2;
            caller.getOutputStream().write(photo, 0, half);
            caller.getOutputStream().flush();
            await().until(() -> get(gateway.at("/_/ready")).startsWith("HTTP/1.1 200"));

            gateway.terminate();
            await().until(() -> refuses(gateway.at("/")));
            caller.getOutputStream().write(photo, half, photo.length - half);

            assertThat(answer(caller.getInputStream())).startsWith("HTTP/1.1 200");
            assertThat(gateway.status()).isEqualTo(143);
            assertThat(gateway.log()).contains("POST thumbnail 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "receiver"})
    void fromSigtermOnCallsAreServedForAWhileAndThenRefused(String service, @TempDir Path folder) throws Exception {
        Duration delay = Duration.ofSeconds(3);
        Map<String, String> settings = Map.of("QUARKUS_SHUTDOWN_DELAY", delay.toSeconds() + "s");
        String path = service.equals("gateway") ? "/function/bw" : "/messages";
        try (ApplicationProcess process = service.equals("gateway")
                        ? LocalGatewayProcess.start(settings)
                        : ReceiverProcess.start(folder, settings);
                PersistentCallers callers = PersistentCallers.start(process.at(path), CALLERS)) {
            await().until(() -> callers.calls() > 20);
            process.terminate();
            long sigterm = System.nanoTime();
            await().until(() -> get(process.at("/_/ready")).startsWith("HTTP/1.1 503"));
            assertThat(getUntilTheServerEnds(process.at(path)))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("\r\nConnection: close");

            assertThat(callers.failuresUntilRefused())
                    .as("answers other than 200 before the port is closed")
                    .isZero();
            // No server can help it.
            assertThat(callers.cutAtTheEnd()).isLessThanOrEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - sigterm)).isGreaterThan(delay.minusMillis(500));
            assertThat(process.status()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - sigterm)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void moreConnectionsThanDescriptorsLeaveAProcessThatAnswersAndEnds(@TempDir Path folder) throws Exception {
        List<String> few = List.of("bash", "-c", "ulimit -n 256; exec \"$@\"", "few");
        List<Socket> flood = new ArrayList<>();
        try (LocalGatewayProcess gateway = LocalGatewayProcess.launch(
                        few,
                        List.of(),
                        Map.of("IMAGE_FUNCTIONS_S3_FOLDER", folder.toString(), "IMAGE_FUNCTIONS_HEAD_TIMEOUT", "3s"))
                .listening()) {
            for (int i = 0; i < 400; i++) {
                Socket socket = BareHttp.connect(gateway.at("/"));
                flood.add(socket);
                startHead(socket);
            }
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(SocketException.class)
                    .until(() -> get(gateway.at("/function/bw")).startsWith("HTTP/1.1 200"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(gateway.at("/system/buckets")).contains("\"state\":\"on\""));

            gateway.terminate();
            assertThat(gateway.status()).isEqualTo(143);
            assertThat(gateway.log()).doesNotContain("NoClassDefFoundError", "Too many open files");
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
    }

    private static void startHead(Socket socket) {
        try {
            socket.getOutputStream().write("GET /function/bw HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException oneTooMany) {
            assertThat(oneTooMany).isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"::1, false", "127.0.0.2, false", "0.0.0.0, true"})
    void workflowsFindTheFunctionsWhereverTheGatewayListens(String host, boolean exposed) throws Exception {
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(Map.of("QUARKUS_HTTP_HOST", host));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest call = HttpRequest.newBuilder(gateway.at("/function/chaining"))
                    .POST(BodyPublishers.ofFile(Path.of("../../samples/seeding.jpg")))
                    .build();

            assertThat(client.send(call, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            assertThat(gateway.log().contains("no password is asked for")).isEqualTo(exposed);
            for (String path : List.of(
                    "/system/objects",
                    "/system/rules/default/pictures",
                    "/system/runs/my-run/steps/0",
                    "/system/messages")) {
                HttpRequest shown = HttpRequest.newBuilder(gateway.at(path)).build();
                HttpResponse<String> answer = client.send(shown, BodyHandlers.ofString());
                assertThat(answer.statusCode() == 403).as(path).isEqualTo(exposed);
                assertThat(answer.body().contains("buckets and of durable runs, and messages, are not shown"))
                        .as(path)
                        .isEqualTo(exposed);
            }
        }
    }

    /** Functions that wait have virtual threads, which share the one core: what keeps it while it waits stops them all. */
    @Test
    void aWorkflowOnOneCoreIsDoneWithTheOptionsOfTheImages() throws Exception {
        String dockerfile = Files.readString(Checkout.ROOT.resolve("template/java-quarkus-ppc64le/Dockerfile"));
        Matcher ofImages =
                Pattern.compile("^ARG JVM_OPTIONS=\"(.+)\"$", Pattern.MULTILINE).matcher(dockerfile);
        assertThat(ofImages.find()).isTrue();
        List<String> options = new ArrayList<>(List.of(ofImages.group(1).split(" ")));
        options.add("-XX:ActiveProcessorCount=1");
        try (LocalGatewayProcess gateway =
                        LocalGatewayProcess.launch(List.of(), options, Map.of()).listening();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest call = HttpRequest.newBuilder(gateway.at("/function/chaining"))
                    .POST(BodyPublishers.ofFile(Path.of("../../samples/seeding.jpg")))
                    .timeout(Duration.ofSeconds(30))
                    .build();

            assertThat(client.send(call, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LC_ALL,                      C,     'set LC_ALL, or LANG'",
        "IMAGE_FUNCTIONS_MAX_WAITING, 0,     IMAGE_FUNCTIONS_MAX_WAITING is 0",
        "IMAGE_FUNCTIONS_MAX_BODY,    much,  image-functions.max-body",
        "IMAGE_FUNCTIONS_MAX_PIXELS,  -1,    IMAGE_FUNCTIONS_MAX_PIXELS is -1",
        "IMAGE_FUNCTIONS_MOUNT,       moon,  image-functions.mount",
        "exec_timeout,                soon,  exec_timeout",
        "gateway_url,                 moon,  gateway_url is \"moon\": write an address",
        "gateway_url,                 'http://a:1,', gateway_url is \"http://a:1,\": write an address",
        "IMAGE_FUNCTIONS_GATEWAY_CHOICE, moon, image-functions.gateway-choice",
        "secret_mount_path,           src/test/half-secrets, basic-auth-password",
        "IMAGE_FUNCTIONS_BACKENDS,    moon,  'IMAGE_FUNCTIONS_BACKENDS has \"moon\": write an address'",
        "IMAGE_FUNCTIONS_PEERS,       moon,  'IMAGE_FUNCTIONS_PEERS is not allowed: write an address'",
        "basic_auth,                  true,  basic-auth-user",
        "basic_auth,                  ture,  basic_auth",
        "IMAGE_FUNCTIONS_BUCKETS,     never, image-functions.buckets",
        "IMAGE_FUNCTIONS_PROCESS_FUNCTION, a/b, IMAGE_FUNCTIONS_PROCESS_FUNCTION is a/b: give a function's name",
        "IMAGE_FUNCTIONS_RULES,       moon,  IMAGE_FUNCTIONS_RULES is moon",
        "IMAGE_FUNCTIONS_RULES,       src/test/endless-rules.yml, 'endless-rules.yml:3: the results of \"a\" would come'",
        "IMAGE_FUNCTIONS_RULES,       src/test/unknown-rules.yml, 'unknown-rules.yml:6: \"sizes\" is not valid here: there is no'",
        "IMAGE_FUNCTIONS_PROCESS_FUNCTION, sepia, 'IMAGE_FUNCTIONS_PROCESS_FUNCTION is sepia: there is no function sepia'",
        "IMAGE_FUNCTIONS_WORKFLOWS,   moon,  IMAGE_FUNCTIONS_WORKFLOWS is moon",
        "IMAGE_FUNCTIONS_WORKFLOWS,   src/test/broken-workflows, photos.yml:4: a step has no key",
        "IMAGE_FUNCTIONS_SPOOL_MAX_BYTES,      1K,        IMAGE_FUNCTIONS_SPOOL_MAX_BYTES is 1024",
        "IMAGE_FUNCTIONS_SPOOL_MAX_CALLS,      0,         IMAGE_FUNCTIONS_SPOOL_MAX_CALLS is 0",
        "IMAGE_FUNCTIONS_SPOOL_FOLDER,         /dev/null, IMAGE_FUNCTIONS_SPOOL_FOLDER",
        "IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS,    65,        IMAGE_FUNCTIONS_CALLBACK_ATTEMPTS",
        "IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT,     1h,        IMAGE_FUNCTIONS_ASYNC_ATTEMPTS",
        "IMAGE_FUNCTIONS_CALLBACK_ALLOW,       10.0.0.0/40, IMAGE_FUNCTIONS_CALLBACK_ALLOW",
        "IMAGE_FUNCTIONS_RECEIVER,    moon,  'IMAGE_FUNCTIONS_RECEIVER is \"moon\": set it to its URL'",
        "IMAGE_FUNCTIONS_RECEIVER,    http://127.0.0.1:65536, IMAGE_FUNCTIONS_RECEIVER is",
        "gateway_url,                 http://127.0.0.1:65536, gateway_url is"
    })
    void aSettingThatIsNotAllowedStopsTheStartAndIsNamed(String variable, String value, String named) throws Exception {
        try (LocalGatewayProcess gateway = LocalGatewayProcess.launch(Map.of(variable, value))) {
            assertThat(gateway.status()).isEqualTo(1);
            assertThat(gateway.log()).contains(named);
        }
    }

    @Test
    void aSecondGatewayOnTheSameFolderIsToldInOneLine(@TempDir Path spool, @TempDir Path s3) throws Exception {
        Map<String, String> folders =
                Map.of("IMAGE_FUNCTIONS_SPOOL_FOLDER", spool.toString(), "IMAGE_FUNCTIONS_S3_FOLDER", s3.toString());
        try (LocalGatewayProcess first = LocalGatewayProcess.start(folders)) {
            for (Map.Entry<String, String> shared : folders.entrySet()) {
                String variable = shared.getKey();
                try (LocalGatewayProcess second = LocalGatewayProcess.launch(Map.of(variable, shared.getValue()))) {
                    assertThat(second.status()).isEqualTo(1);
                    assertThat(second.log().lines().filter(line -> line.contains(variable)))
                            .singleElement()
                            .asString()
                            .contains(shared.getValue() + " is in use by another process");
                    assertThat(second.log()).doesNotContain("\tat ");
                    assertThat(get(first.at("/_/ready"))).startsWith("HTTP/1.1 200");
                }
            }
        }
    }

    @Test
    void aSpoolOnAReadOnlyDiskIsNamedInOneLine(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", folder.toString()),
                "No read-only disk to be had: only root may mount one");
        try (LocalGatewayProcess gateway = LocalGatewayProcess.launch(
                Map.of("IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString()))) {
            assertThat(gateway.status()).isEqualTo(1);
            assertThat(gateway.log())
                    .contains("(IMAGE_FUNCTIONS_SPOOL_FOLDER): Read-only file system: " + folder.resolve("spool"))
                    .doesNotContain("\tat ");
        } finally {
            succeeds("umount", folder.toString());
        }
    }

    private static boolean succeeds(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static Socket post(URI uri, int length) throws IOException {
        Socket socket = BareHttp.connect(uri);
        socket.getOutputStream()
                .write(("POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nContent-Length: "
                                + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
