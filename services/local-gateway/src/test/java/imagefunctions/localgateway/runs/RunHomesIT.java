package imagefunctions.localgateway.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.embeddeds3.EmbeddedS3;
import imagefunctions.testservers.ReservedPort;
import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.HeldRun;
import imagefunctions.workflowruns.Kept;
import imagefunctions.workflowruns.RunEnd;
import imagefunctions.workflowruns.RunHead;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunPage;
import imagefunctions.workflowruns.RunState;
import imagefunctions.workflowruns.RunStatus;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.RunsFullException;
import imagefunctions.workflowruns.StepHead;
import imagefunctions.workflowruns.Taken;
import imagefunctions.workflowruns.Wish;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Durable runs in both of their homes. */
final class RunHomesIT {
    private static final byte[] NOTHING = new byte[0];

    enum Home {
        FOLDER,
        BUCKET
    }

    private static EmbeddedS3 server;
    private static URI endpoint;
    private static KilledRun killed;

    private final Path own;

    RunHomesIT(@TempDir Path own) {
        this.own = own;
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            endpoint = port.url();
        }
        server = EmbeddedS3.start(folder.resolve("objects"), endpoint, "tester", BucketHome.SECRET, event -> {});
        killed = new KilledRun(endpoint, folder);
    }

    @AfterAll
    static void stop() throws Exception {
        killed.close();
        server.close();
    }

    private RunStore store(Home home) {
        return switch (home) {
            case FOLDER -> new FolderRuns(own);
            // One of its own, or what a test leaves would take the room of the next.
            case BUCKET -> BucketHome.bucket(endpoint, own.getFileName().toString());
        };
    }

    private static RunHead head(String id) {
        return new RunHead(id, "photos", Map.of(), Instant.now(), Map.of(), Map.of());
    }

    private static HeldRun held(Taken taken) {
        assertThat(taken).isInstanceOf(Taken.Held.class);
        return ((Taken.Held) taken).run();
    }

    private static void end(Runs runs, String id, RunState state) throws Exception {
        try (HeldRun run = held(runs.take(head(id), new byte[100]))) {
            run.end(new RunEnd(state, Instant.now(), "", 1, List.of(), null), NOTHING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContractHolds(Home home) throws Exception {
        RunStoreContract.holdsFor(store(home));
    }

    @RepeatedTest(20)
    void oneOfManyWritersCreatesADocumentInAFolder() throws Exception {
        assertThat(RunStoreContract.created(store(Home.FOLDER), "many")).containsOnlyOnce(true);
    }

    @ParameterizedTest
    @EnumSource
    void aRunnerWhoseLeaseAnotherHasWrittenOverYields(Home home) throws Exception {
        String id = "over-" + home;
        RunStore store = store(home);
        // None is renewed meanwhile.
        Runs runs = new Runs(store, new RunLimits(1 << 20, 1000, Duration.ofDays(1), Duration.ofMinutes(10)));
        try (HeldRun first = held(runs.take(head(id), NOTHING));
                HeldRun other = held(runs.take(head(id + "-other"), NOTHING))) {
            assertThat(first.wish()).isEqualTo(Wish.GO_ON);
            try (var lease = store.open(id + "-other", "lease.000001").orElseThrow()) {
                store.replace(id, "lease.000001", lease.readAllBytes());
            }
            assertThat(first.wish()).isEqualTo(Wish.YIELD);
            assertThat(other.wish()).isEqualTo(Wish.GO_ON);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLeaseThatIsNotRenewedIsLostAndWhatTheFirstRunnerKeptCountsForBoth(Home home) throws Exception {
        String id = "lease-" + home;
        RunStore store = store(home);
        Runs runs = BucketHome.runs(store);
        HeldRun first = held(runs.take(head(id), NOTHING));
        assertThat(runs.take(head(id), NOTHING)).isInstanceOf(Taken.Elsewhere.class);

        // As if its process had stood still until the lease ran out.
        first.close();
        HeldRun second = held(runs.take(head(id), NOTHING));

        assertThat(first.wish()).isEqualTo(Wish.YIELD);
        RunEnd mine = new RunEnd(RunState.SUCCEEDED, Instant.now(), "text/plain", 1, List.of(), null);
        assertThat(second.end(mine, "second".getBytes(UTF_8)).body()).isEqualTo("second".getBytes(UTF_8));
        assertThat(first.end(mine, "first".getBytes(UTF_8)).body()).isEqualTo("second".getBytes(UTF_8));
        second.close();
    }

    @Test
    @Timeout(60)
    void aRunThatEndsWhileItsLeaseIsRenewedWarnsOfNothing() throws Exception {
        RunStore store = store(Home.FOLDER);
        CountDownLatch renewing = new CountDownLatch(1);
        RunStore slow = (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, values) -> {
                    if (method.getName().equals("replace") && renewing.getCount() > 0) {
                        renewing.countDown();
                        breakOffWhenInterrupted();
                    }
                    return method.invoke(store, values);
                });
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(HeldRun.class.getName());
        Handler handler = noting(warnings);
        logger.addHandler(handler);
        try (HeldRun _ = held(BucketHome.runs(slow).take(head("brief"), NOTHING))) {
            renewing.await();
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(warnings).isEmpty();
        held(BucketHome.runs(store).take(head("brief"), NOTHING)).close();
    }

    /** As a client of a store does that keeps the interruption to itself. */
    private static void breakOffWhenInterrupted() throws IOException {
        try {
            Thread.sleep(Duration.ofMinutes(10));
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private static Handler noting(List<String> messages) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @ParameterizedTest
    @EnumSource
    void finishedRunsMakeRoomBeforeFailedOnesAndThoseUnderWayStay(Home home) throws Exception {
        Runs runs = new Runs(store(home), new RunLimits(1 << 30, 4, Duration.ofDays(1), Duration.ofSeconds(30)));
        for (RunStatus other :
                runs.list(Optional.empty(), Optional.empty(), "", 1000).runs()) {
            runs.delete(other.id());
        }
        end(runs, "failed", RunState.FAILED);
        end(runs, "finished", RunState.SUCCEEDED);
        try (HeldRun _ = held(runs.take(head("under-way-a"), NOTHING));
                HeldRun _ = held(runs.take(head("under-way-b"), NOTHING))) {
            end(runs, "next", RunState.SUCCEEDED);
            assertThat(ids(runs)).containsExactlyInAnyOrder("failed", "under-way-a", "under-way-b", "next");
            try (HeldRun _ = held(runs.take(head("under-way-c"), NOTHING));
                    HeldRun _ = held(runs.take(head("under-way-d"), NOTHING))) {
                assertThat(ids(runs))
                        .containsExactlyInAnyOrder("under-way-a", "under-way-b", "under-way-c", "under-way-d");
                assertThatThrownBy(() -> runs.take(head("too-many"), NOTHING))
                        .isInstanceOf(RunsFullException.class)
                        .hasMessageContaining("IMAGE_FUNCTIONS_RUNS_MAX_COUNT");
            }
        }
    }

    private static List<String> ids(Runs runs) throws Exception {
        RunPage page = runs.list(Optional.empty(), Optional.empty(), "", 1000);
        return page.runs().stream().map(RunStatus::id).toList();
    }

    @ParameterizedTest
    @EnumSource
    void bytesAndAgeAreLimitedToo(Home home) throws Exception {
        Runs small = new Runs(store(home), new RunLimits(1, 1000, Duration.ofDays(1), Duration.ofSeconds(30)));
        assertThatThrownBy(() -> small.take(head("large"), new byte[100])).isInstanceOf(RunsFullException.class);

        Runs brief = new Runs(store(home), new RunLimits(1 << 30, 1000, Duration.ofNanos(1), Duration.ofSeconds(30)));
        end(brief, "old", RunState.SUCCEEDED);
        end(brief, "failed-and-old", RunState.FAILED);
        // Another process, which has not swept yet.
        Runs later = new Runs(store(home), new RunLimits(1 << 30, 1000, Duration.ofNanos(1), Duration.ofSeconds(30)));
        end(later, "new", RunState.SUCCEEDED);

        assertThat(ids(later)).doesNotContain("old").contains("failed-and-old", "new");
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedRunIsLeftOutOfListsAndCanBeDeleted(Home home) throws Exception {
        RunStore store = store(home);
        Runs runs = BucketHome.runs(store);
        store.create("damaged", "run", "no JSON".getBytes(UTF_8));
        end(runs, "sound", RunState.SUCCEEDED);

        assertThat(ids(runs)).contains("sound").doesNotContain("damaged");
        assertThat(runs.delete("damaged")).isEqualTo(Runs.Deletion.DELETED);
        assertThat(store.documents("damaged")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aStepWhoseResultIsDamagedIsCalledAgain(Home home) throws Exception {
        String id = "step-damaged-" + home;
        RunStore store = store(home);
        try (HeldRun run = held(BucketHome.runs(store).take(head(id), NOTHING))) {
            Instant now = Instant.now();
            StepHead step = new StepHead("0", "0", "a", "a", "", 200, "text/plain", 1, now, now, List.of(), null);
            run.keep(new Kept<>(step, "right".getBytes(UTF_8)));
            assertThat(run.kept("0").orElseThrow().body()).isEqualTo("right".getBytes(UTF_8));
            try (var kept = store.open(id, "step.0").orElseThrow()) {
                byte[] damaged = kept.readAllBytes();
                damaged[damaged.length - 1] ^= 1;
                store.replace(id, "step.0", damaged);
            }

            assertThat(run.kept("0")).isEmpty();
            assertThat(run.keep(new Kept<>(step, "again".getBytes(UTF_8))).body())
                    .isEqualTo("again".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("imagefunctions.localgateway.runs.KilledRun#moments")
    void aKilledRunInABucketIsGoneOnWithByAnotherGateway(KilledRun.Moment moment) throws Exception {
        killed.isGoneOnWith(moment);
    }

    @ParameterizedTest
    @EnumSource
    void everyRunEndsInATrueStateThoughGatewaysAreKilled(Home home) throws Exception {
        RandomKills.leaveEveryRunTrue(
                switch (home) {
                    case FOLDER ->
                        Map.of(
                                "IMAGE_FUNCTIONS_RUNS_FOLDER",
                                own.resolve("runs").toString());
                    case BUCKET -> RandomKills.bucket(endpoint);
                },
                own);
    }
}
