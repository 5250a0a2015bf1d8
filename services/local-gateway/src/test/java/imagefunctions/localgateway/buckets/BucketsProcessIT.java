package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import imagefunctions.localgateway.LocalGatewayProcess;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreException;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketsProcessIT {
    private static final int OBJECTS = 1_000;
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.thumbnail.jpg");

    @AutoClose
    private final ReservedPort gatewayPort = new ReservedPort();

    @AutoClose
    private final ReservedPort s3 = new ReservedPort();

    BucketsProcessIT() throws IOException {}

    private static Map<String, String> environment(Path folder, int port, int s3Port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("IMAGE_FUNCTIONS_S3_PORT", String.valueOf(s3Port));
        environment.put("IMAGE_FUNCTIONS_S3_FOLDER", folder.resolve("s3").toString());
        environment.put("IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString());
        environment.put("IMAGE_FUNCTIONS_ASYNC_FIRST_WAIT", "100ms");
        environment.put("IMAGE_FUNCTIONS_PROCESS_FIRST_WAIT", "100ms");
        environment.put("IMAGE_FUNCTIONS_RECONCILE_EVERY", "2s");
        environment.put("minio_access_key", "tester");
        environment.put("minio_secret_key", "tester-secret");
        return environment;
    }

    private ObjectStore store() {
        return store(s3.url());
    }

    private static ObjectStore store(URI endpoint) {
        return new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(20)));
    }

    @Test
    void afterFailuresAndTwoKillsEveryPictureIsProcessed(@TempDir Path folder) throws Exception {
        try (UnreliableFunctions functions = new UnreliableFunctions(gatewayPort.number());
                ObjectStore store = store()) {
            Map<String, String> environment = environment(folder, gatewayPort.number(), s3.number());
            environment.put("gateway_url", functions.url());
            upload(store, environment, 0, OBJECTS / 3);
            upload(store, environment, OBJECTS / 3, 2 * OBJECTS / 3);
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                putAll(store, 2 * OBJECTS / 3, OBJECTS);
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> names(store, "processed").size() == OBJECTS);

                assertThat(names(store, "processed")).isEqualTo(names(store, "incoming"));
                assertEveryResultIsOfItsPicture(store);
                assertThat(functions.failures()).isPositive();
                assertThat(gateway.log()).doesNotContain(" ERROR ");
            }
        }
    }

    /** Uploads to a gateway, and kills it at the last of them, in the middle of its work. */
    private static void upload(ObjectStore store, Map<String, String> environment, int from, int to) throws Exception {
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
            putAll(store, from, to);
            gateway.kill();
        }
    }

    private static void putAll(ObjectStore store, int from, int to) {
        try (ExecutorService uploaders = Executors.newFixedThreadPool(4)) {
            for (int i = from; i < to; i++) {
                int number = i;
                uploaders.execute(() -> put(store, number));
            }
        }
    }

    private static void put(ObjectStore store, int number) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ObjectStoreException.class)
                .until(() -> {
                    store.put("incoming", "picture %04d.jpg".formatted(number), PHOTO, "image/jpeg", Map.of());
                    return true;
                });
    }

    private static Set<String> names(ObjectStore store, String bucket) throws IOException {
        Set<String> names = new TreeSet<>();
        Listing listing = store.list(bucket, "");
        for (Optional<ListedObject> next = listing.next(); next.isPresent(); next = listing.next()) {
            names.add(next.get().name());
        }
        return names;
    }

    private static void assertEveryResultIsOfItsPicture(ObjectStore store) throws IOException {
        for (String name : names(store, "processed")) {
            ObjectInfo result = store.stat("processed", name).orElseThrow();
            assertThat(result.size()).as(name).isPositive();
            assertThat(result.metadata().get(ObjectInfo.SOURCE_ETAG))
                    .as(name)
                    .isEqualTo(store.stat("incoming", name).orElseThrow().etag());
        }
    }

    @Test
    void picturesThatTheFunctionNeverAnswersForDoNotHoldUpTheOthers(@TempDir Path folder) throws Exception {
        HttpServer function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        function.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        function.createContext("/", BucketsProcessIT::answerUnlessItIsText);
        function.start();
        Map<String, String> environment = environment(folder, 0, s3.number());
        environment.put(
                "gateway_url", "http://127.0.0.1:" + function.getAddress().getPort());
        environment.put("exec_timeout", "5s");
        environment.put("IMAGE_FUNCTIONS_PROCESS_FIRST_WAIT", "1h");
        try (ObjectStore store = store()) {
            environment.put("IMAGE_FUNCTIONS_BUCKET_INCOMING", "not-yet");
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> gateway.log().contains("S3 is at"));
                store.makeBuckets(List.of("incoming"));
                Path text = Files.writeString(folder.resolve("text"), "text");
                for (int i = 0; i < 8; i++) {
                    store.put("incoming", "a" + i, text, "text/plain", Map.of());
                }
                store.put("incoming", "b.jpg", PHOTO, "image/jpeg", Map.of());
            }
            environment.put("IMAGE_FUNCTIONS_BUCKET_INCOMING", "incoming");
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                    assertThat(names(store, "processed")).containsExactly("b.jpg");
                    assertThat(names(store, "failed")).hasSize(8);
                });
                assertThat(gateway.log()).doesNotContain(" ERROR ");
            }
        } finally {
            function.stop(0);
        }
    }

    private static void answerUnlessItIsText(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (body.length > 4) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }

    @Test
    void theWebhookDemandsItsToken(@TempDir Path folder) throws Exception {
        Map<String, String> environment = environment(folder, 0, 0);
        environment.put("IMAGE_FUNCTIONS_WEBHOOK_TOKEN", "s3cret");
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
            for (String wrong : List.of("", "wrong", "Bearer wrong", "Basic s3cret")) {
                assertStatus(gateway.at("/async-function/processimages"), wrong, 401);
                assertStatus(gateway.at("/async-function/processimages.openfaas-fn/x"), wrong, 401);
                assertStatus(gateway.at("/function/processimages"), wrong, 401);
            }
            for (String right : List.of("s3cret", "Bearer s3cret", "bearer s3cret")) {
                assertStatus(gateway.at("/async-function/processimages"), right, 202);
                assertStatus(gateway.at("/function/processimages"), right, 200);
            }
            assertStatus(gateway.at("/async-function/bw"), "", 202);
        }
    }

    private static void assertStatus(URI uri, String authorization, int status) throws Exception {
        String[] header = authorization.isEmpty() ? new String[0] : new String[] {"Authorization", authorization};
        assertThat(Peer.post(uri, "[]", header).statusCode())
                .as(uri + " with \"" + authorization + "\"")
                .isEqualTo(status);
    }

    @Test
    void withoutAGatewayTheAnswerSaysWhatToSet(@TempDir Path folder) throws Exception {
        Map<String, String> environment = environment(folder, 0, s3.number());
        environment.put("gateway_url", "");
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment);
                ObjectStore store = store()) {
            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
                store.put("incoming", "b.jpg", PHOTO, "image/jpeg", Map.of());
                return true;
            });

            HttpResponse<String> answer = Peer.post(gateway.at("/function/processimages"), "[\"b.jpg\"]");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("No gateway is configured: set gateway_url");
            assertThat(gateway.log()).doesNotContain(" ERROR ");
        }
    }

    @Test
    void aPortThatIsTakenStopsTheStartAndIsNamed(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = environment(folder, 0, taken.getLocalPort());
            try (LocalGatewayProcess gateway = LocalGatewayProcess.launch(environment)) {
                assertThat(gateway.status()).isEqualTo(1);
                assertThat(gateway.log()).contains("IMAGE_FUNCTIONS_S3_PORT", "S3_ENDPOINT");
            }
        }
    }

    @Test
    void bucketsThatCannotStartEndTheGatewayAndCanBeLeftOut(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("s3")).resolve("objects"), "no folder");
        Map<String, String> environment = environment(folder, 0, 0);

        try (LocalGatewayProcess gateway = LocalGatewayProcess.launch(environment)) {
            assertThat(gateway.status()).isEqualTo(1);
            assertThat(gateway.log())
                    .contains("because Not a directory: ", "s3/objects", "IMAGE_FUNCTIONS_BUCKETS=false")
                    .doesNotContain("\tat ");
        }
        environment.put("IMAGE_FUNCTIONS_BUCKETS", "false");
        // One more reason why they could not.
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("IMAGE_FUNCTIONS_S3_PORT", String.valueOf(taken.getLocalPort()));
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                assertThat(Peer.get(gateway.at("/system/buckets")).body())
                        .contains("\"state\":\"off\"", "IMAGE_FUNCTIONS_BUCKETS is false");
                assertThat(Peer.get(gateway.at("/function/bw")).statusCode()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "127.0.0.2"})
    void uploadsAreConvertedWhereverTheGatewayListens(String host, @TempDir Path folder) throws Exception {
        Map<String, String> environment = environment(folder, 0, 0);
        environment.put("QUARKUS_HTTP_HOST", host);

        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Peer.get(gateway.at("/system/buckets")).body().contains("\"state\":\"on\""));
            URI endpoint = URI.create(new ObjectMapper()
                    .readTree(Peer.get(gateway.at("/system/buckets")).body())
                    .path("endpoint")
                    .asText());
            assertThat(endpoint.getHost()).isEqualTo(gateway.at("/").getHost());
            try (ObjectStore store = store(endpoint)) {
                store.put("incoming", "photo.jpg", PHOTO, "image/jpeg", Map.of());
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> names(store, "processed").contains("photo.jpg"));
            }
        }
    }

    @Test
    void bucketsThatAreOnNameTheirStoreAndNothingOfItsServer(@TempDir Path folder) throws Exception {
        try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment(folder, 0, s3.number()))) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            Peer.get(gateway.at("/system/buckets")).body())
                    .contains("\"state\":\"on\"", "\"endpoint\":\"" + s3.url() + "\""));
            assertThat(gateway.log()).doesNotContainIgnoringCase("jetty").doesNotContain("CORS");
        }
    }
}
