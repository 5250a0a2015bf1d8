package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import imagefunctions.asynccalls.delivery.FunctionAnswer;
import imagefunctions.asynccalls.delivery.FunctionCaller;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpoolTest {
    private final Path folder;

    SpoolTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private SpoolSettings limits(long maxBytes, int maxCalls, long maxBody) {
        return new SpoolSettings(folder, 0, Rig.narrow(maxBytes, maxCalls, maxBody), Rig.ONE_QUEUE);
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock") && !file.endsWith("delivered"))
                    .toList();
        }
    }

    @Test
    void aSpoolThatAnEarlierVersionLeftIsRead() throws Exception {
        Path earlier = Path.of(
                Objects.requireNonNull(getClass().getResource("/earlier-spool")).toURI());
        for (String file : List.of(
                "calls/1/call-1.call", "callbacks/0/call-2.callback", "dead/call-3.call", "dead/call-3.call.why")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(earlier.resolve(file), folder.resolve(file));
        }
        try (Rig rig = Rig.idle(Rig.settings(folder))) {
            assertThat(rig.phase("call-1")).isEqualTo(Phase.QUEUED);
            assertThat(rig.state("call-2").functionStatus()).hasValue(200);
            assertThat(rig.state("call-3").reason()).hasValue("The function answered 422.");

            CallClaim claim =
                    Objects.requireNonNull(rig.queue.calls(QueueNames.DEFAULT).take());
            StoredEntry<Call> stored = claim.read();

            assertThat(claim.attempt()).isEqualTo(2);
            assertThat(stored.entry())
                    .isEqualTo(new Call(
                            "call-1",
                            "draft",
                            "/sub",
                            "width=7",
                            List.of(
                                    new Header("Content-Type", "image/jpeg"),
                                    new Header("X-Callback-Url", "http://127.0.0.1:9/x")),
                            Instant.ofEpochMilli(1764000000123L)));
            try (InputStream body = stored.body().open()) {
                assertThat(body).hasContent("pixels");
            }
        }
    }

    @Test
    void aBodyThatWasNotCommittedLeavesNothing() throws Exception {
        try (Rig rig = Rig.idle(Rig.settings(folder))) {
            try (EntryWriter writer = rig.queue.accept(Rig.call("call-1", ""), OptionalLong.empty())) {
                writer.write("half".getBytes(UTF_8));
            }
            assertThat(filesBelow(folder)).isEmpty();
            assertThat(rig.queue.state("call-1")).isEmpty();
            assertThat(rig.queue.metrics().bytes()).isZero();
        }
    }

    @Test
    void roomIsPromisedBeforeABodyIsReadAndGivenBackWhenTheCallIsDone() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FunctionCaller function = (call, body) -> {
            go.await();
            return FunctionAnswer.of(200, List.of(), new byte[0]);
        };
        try (Rig rig = Rig.running(limits(1 << 20, 100, 310_000), function)) {
            EntryWriter first = rig.queue.accept(Rig.call("call-1", ""), OptionalLong.of(310_000));
            EntryWriter second = rig.queue.accept(Rig.call("call-2", ""), OptionalLong.empty());
            assertThatThrownBy(() -> rig.queue.accept(Rig.call("call-3", ""), OptionalLong.of(310_000)))
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("1048576 bytes");
            second.close();
            rig.put(Rig.call("call-3", ""), new byte[310_000]);
            first.write(new byte[310_000]);
            first.commit();
            go.countDown();
            await().until(() -> rig.queue.metrics().bytes() == 0);
            rig.put(Rig.call("call-4", ""), new byte[310_000]);
        }
    }

    @Test
    void aDiskThatLacksRoomIsFullWhateverTheQuota() throws Exception {
        SpoolSettings greedy = new SpoolSettings(folder, Long.MAX_VALUE / 2, Rig.limits(), Rig.ONE_QUEUE);
        try (Rig rig = Rig.idle(greedy)) {
            assertThatThrownBy(() -> rig.put("call-1", ""))
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("disk");
        }
    }

    @Test
    void onlyTheLastDeliveredCallsAreRememberedAndAcrossAStartToo() throws Exception {
        SpoolSettings settings = limits(1 << 20, 100, 1000);
        try (Rig rig = Rig.running(settings, Rig.answering(200, ""))) {
            for (int i = 0; i < 10; i++) {
                String id = "call-" + i;
                rig.put(id, "");
                await().until(() -> rig.phase(id) == Phase.DELIVERED);
            }
        }
        Files.writeString(folder.resolve("delivered"), "call-x\tdraft\t2026", StandardOpenOption.APPEND);
        try (Rig rig = Rig.idle(settings)) {
            assertThat(rig.queue.list(CallFilter.of(Phase.DELIVERED), "", 100).calls())
                    .extracting(CallState::id)
                    .containsExactly("call-7", "call-8", "call-9");
            assertThat(rig.state("call-9").functionStatus()).contains(200);
        }
        assertThat(Files.readAllLines(folder.resolve("delivered"))).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void deadLettersBeyondTheirQuotaGoOldestFirst() throws Exception {
        try (Rig rig = Rig.running(limits(1 << 20, 100, 1000), Rig.answering(500, ""))) {
            for (int i = 0; i < 5; i++) {
                String id = "call-" + i;
                rig.put(id, "");
                await().until(() -> rig.phase(id) == Phase.DEAD);
            }
            await().until(() -> rig.queue.metrics().dropped() == 2);
            assertThat(rig.queue.list(CallFilter.of(Phase.DEAD), "", 100).calls())
                    .extracting(CallState::id)
                    .containsExactly("call-2", "call-3", "call-4");
            assertThat(rig.queue.metrics().dead()).isEqualTo(3);
            assertThat(filesBelow(folder.resolve("dead"))).hasSize(6);
        }
    }

    @Test
    void twoProcessesCannotShareASpool() throws Exception {
        try (Rig rig = Rig.idle(Rig.settings(folder))) {
            assertThat(rig.queue.metrics().waiting()).isZero();
            assertThatThrownBy(() -> Spool.open(Rig.settings(folder)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        Rig.idle(Rig.settings(folder)).close();
    }

    @Test
    void aCallIsForgottenOnlyWhenItsResultIsKept() throws Exception {
        Path call = folder.resolve("calls/1/call-1.call");
        List<Boolean> thereWhileTheResultIsRead = new ArrayList<>();
        FunctionCaller function = (c, body) -> {
            ByteArrayInputStream result = new ByteArrayInputStream(new byte[] {1}) {
                @Override
                public synchronized int read(byte[] bytes, int offset, int length) {
                    int read = super.read(bytes, offset, length);
                    if (read < 0) {
                        thereWhileTheResultIsRead.add(Files.exists(call));
                    }
                    return read;
                }
            };
            return new FunctionAnswer(200, List.of(), result, OptionalLong.empty());
        };
        try (Receiver receiver = Receiver.answering(200);
                Rig rig = Rig.running(Rig.settings(folder), function)) {
            rig.put("call-1", receiver.url());
            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
        }
        assertThat(thereWhileTheResultIsRead).containsExactly(true);
        assertThat(call).doesNotExist();
    }

    @Test
    void theNoticeOfAFailureWaitsUntilItsCallIsADeadLetter() throws Exception {
        try (Rig rig = Rig.idle(Rig.settings(folder));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            rig.put("call-1", "http://127.0.0.1:9/");
            CallClaim call = Rig.takeCall(rig.queue);
            Future<?> refused = threads.submit(() -> {
                CallbackClaim notice = Rig.takeCallback(rig.queue);
                notice.failed(Optional.of(notice.read().entry()), "Refused.");
                return null;
            });

            Rig.keep(call, "failed", Optional.of("Failed."));
            assertThatThrownBy(() -> refused.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            call.resolved(Optional.of(Failure.of("Failed.")));

            refused.get();
            assertThat(rig.queue.metrics().dead()).isEqualTo(1);
            assertThat(rig.state("call-1").reason()).contains("Failed. The receiver was not notified: Refused.");
        }
    }

    @Test
    void aResultThatWasKeptBeforeTheProcessEndedIsNotComputedAgain() throws Exception {
        SpoolSettings patient =
                Rig.withRetries(Rig.settings(folder), Rig.retry(64, Duration.ofMillis(100), Duration.ofHours(1)));
        // What a process leaves that ends right between the two steps.
        Path ready = folder.resolve("calls").resolve("1");
        Path kept = folder.resolve("kept");
        try (Receiver receiver = Receiver.answering(500);
                Rig rig = Rig.running(patient, (call, body) -> {
                    Files.copy(ready.resolve(call.id() + ".call"), kept);
                    return FunctionAnswer.of(200, List.of(), new byte[0]);
                })) {
            rig.put("call-1", receiver.url());
            await().until(() -> rig.state("call-1").callbackAttempts() >= 1);
        }
        Files.move(kept, ready.resolve("call-1.call"));
        try (Rig rig = Rig.idle(patient)) {
            assertThat(rig.queue.metrics().waiting()).isZero();
            assertThat(rig.queue.metrics().dead() + rig.queue.metrics().undelivered())
                    .isEqualTo(1);
        }
    }

    @Test
    void whatWaitsInAQueueThatIsNotNamedAnyMoreIsMadeByTheUsualWorkers() throws Exception {
        QueueNames slow = new QueueNames(Map.of("draft", "slow"));
        try (Rig rig = Rig.idle(new SpoolSettings(folder, 0, Rig.limits(), slow))) {
            rig.put("call-1", "");
        }
        assertThat(folder.resolve("queues/slow/0/call-1.call")).exists();
        try (Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, ""))) {
            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
        }
        assertThat(folder.resolve("queues/slow")).doesNotExist();
    }
}
