package imagefunctions.localgateway.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.localgateway.LocalGatewayProcess;
import imagefunctions.localgateway.runs.KilledRun;
import imagefunctions.localgateway.runs.RandomKills;
import imagefunctions.localgateway.runs.RunStoreContract;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ListedObject;
import imagefunctions.storage.Listing;
import imagefunctions.storage.ObjectInfo;
import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.testservers.ReservedPort;
import imagefunctions.workflowruns.BucketRuns;
import io.minio.PostPolicy;
import io.minio.credentials.Credentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Buckets of a real S3 server that notifies over HTTP: Ceph's radosgw, from Debian's packages. */
@EnabledIf(
        value = "cephIsThere",
        disabledReason = "radosgw, ceph-mon and ceph-osd are not installed, nothing is tested against a real S3 server")
final class RadosgwIT {
    private static final Path SCRIPT = Path.of("../../samples/radosgw.sh");
    private static final Path PHOTO = Path.of("../../docs/pictures/seeding.jpg");

    private static final String CLIMBING = "../climbs.jpg";

    private static Path ceph;
    private static ReservedPort cephPort;
    private static ReservedPort monitorPort;
    private static URI endpoint;
    private static KilledRun killed;

    static boolean cephIsThere() {
        return Stream.of("radosgw", "ceph-mon", "ceph-osd")
                .allMatch(daemon -> Files.isExecutable(Path.of("/usr/bin", daemon)));
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        ceph = folder.resolve("ceph");
        cephPort = new ReservedPort();
        monitorPort = new ReservedPort();
        endpoint = cephPort.url();
        run(
                SCRIPT.toString(),
                "start",
                ceph.toString(),
                cephPort.toString(),
                "tester",
                "tester-secret",
                monitorPort.toString());
        killed = new KilledRun(endpoint, folder);
    }

    @AfterAll
    static void stop() throws Exception {
        killed.close();
        run(SCRIPT.toString(), "stop", ceph.toString());
        cephPort.close();
        monitorPort.close();
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }

    @Test
    void durableRunsHaveAHomeThere() throws Exception {
        try (ObjectStore store = store()) {
            RunStoreContract.holdsFor(new BucketRuns(() -> store, "contract"));
        }
    }

    @ParameterizedTest
    @MethodSource("imagefunctions.localgateway.runs.KilledRun#moments")
    void aKilledRunIsGoneOnWithByAnotherGateway(KilledRun.Moment moment) throws Exception {
        killed.isGoneOnWith(moment);
    }

    @Test
    void everyRunEndsInATrueStateThoughGatewaysAreKilled(@TempDir Path folder) throws Exception {
        RandomKills.leaveEveryRunTrue(RandomKills.bucket(endpoint), folder);
    }

    private static ObjectStore store() {
        return new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", "tester-secret", Duration.ofSeconds(5), Duration.ofSeconds(30)));
    }

    private static LocalGatewayProcess gateway(ReservedPort port, String reconcileEvery) throws IOException {
        return LocalGatewayProcess.start(Map.of(
                "QUARKUS_HTTP_PORT",
                port.toString(),
                "S3_ENDPOINT",
                endpoint.toString(),
                "minio_access_key",
                "tester",
                "minio_secret_key",
                "tester-secret",
                "IMAGE_FUNCTIONS_RECONCILE_EVERY",
                reconcileEvery));
    }

    /** The lines of docs/buckets.md. */
    private static void notify(ReservedPort gateway) throws Exception {
        curl(
                endpoint.toString(),
                "-d",
                "Action=CreateTopic&Name=incoming&persistent=true&push-endpoint=" + gateway.url()
                        + "/async-function/processimages");
        curl(
                "-H",
                "x-amz-content-sha256:UNSIGNED-PAYLOAD",
                "-X",
                "PUT",
                endpoint + "/incoming?notification=",
                "-d",
                """
                <NotificationConfiguration><TopicConfiguration><Id>incoming</Id>
                  <Topic>arn:aws:sns:default::incoming</Topic><Event>s3:ObjectCreated:*</Event>
                </TopicConfiguration></NotificationConfiguration>""");
    }

    private static void curl(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail"));
        command.addAll(List.of("--aws-sigv4", "aws:amz:us-east-1:s3", "-u", "tester:tester-secret"));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
    }

    @Test
    void lostEventsAreMadeUpAndUploadsConvertThemselves() throws Exception {
        try (ReservedPort port = new ReservedPort();
                ObjectStore store = store()) {
            store.makeBuckets(Buckets.DEFAULTS.all());
            for (int i = 0; i < 20; i++) {
                store.put("incoming", "lost/ä " + i + ".jpg", PHOTO, "image/jpeg", Map.of());
            }
            putNameThatClimbs();
            try (LocalGatewayProcess gateway = gateway(port, "24h")) {
                awaitAllProcessed(store, 20);
                await().untilAsserted(() -> assertThat(gateway.log()).contains("has no event stream"));

                notify(port);
                for (String name : List.of("told.jpg", "dir/a b+c&d=%41 ä.jpg")) {
                    store.put("incoming", name, PHOTO, "image/jpeg", Map.of());
                }
                awaitAllProcessed(store, 22);
            }
            store.put("incoming", "while the gateway was away.jpg", PHOTO, "image/jpeg", Map.of());
            store.put(
                    "incoming",
                    "told.jpg",
                    Path.of("../../docs/pictures/seeding.thumbnail.jpg"),
                    "image/jpeg",
                    Map.of());
            try (LocalGatewayProcess gateway = gateway(port, "24h")) {
                awaitAllProcessed(store, 23);
                assertThat(gateway.log()).doesNotContain(" ERROR ");
            }
        }
    }

    /** A name that stores take and clients refuse, before all others: it must not hold those up. */
    private static void putNameThatClimbs() throws Exception {
        // By a form, which has the name in a field: as a path it would be resolved before it is signed.
        PostPolicy policy =
                new PostPolicy("incoming", ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        policy.addEqualsCondition("key", CLIMBING);
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail", "-F", "key=" + CLIMBING));
        policy.formData(new Credentials("tester", "tester-secret", null, null), "us-east-1")
                .forEach((name, value) -> command.addAll(List.of("-F", name + "=" + value)));
        command.addAll(List.of("-F", "file=@" + PHOTO, endpoint + "/incoming"));
        run(command.toArray(String[]::new));
    }

    private static void awaitAllProcessed(ObjectStore store, int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    int seen = 0;
                    Listing incoming = store.list("incoming", "");
                    for (Optional<ListedObject> each = incoming.next(); each.isPresent(); each = incoming.next()) {
                        String name = each.get().name();
                        if (name.equals(CLIMBING)) {
                            continue;
                        }
                        Optional<ObjectInfo> result = store.stat("processed", name);
                        assertThat(result.map(info -> info.metadata().get(ObjectInfo.SOURCE_ETAG)))
                                .as(name)
                                .hasValue(each.get().etag());
                        seen++;
                    }
                    assertThat(seen).isEqualTo(count);
                });
    }
}
