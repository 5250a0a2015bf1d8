package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.asynccalls.store.SpoolSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the machine is set by a day or so: nothing waits longer than its longest wait for that. */
final class ClockTest {
    private static final SettableClock CLOCK = new SettableClock();

    private final Path folder;

    ClockTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static final class SettableClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        void set(int hours) {
            ahead = Duration.ofHours(hours);
        }
    }

    private SpoolSettings patient() {
        return Rig.withRetries(Rig.settings(folder), Rig.retry(8, Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, -2, 2, 24})
    void aResultThatWaitsWhileTheClockIsSetIsSentWhenItIsDue(int hours) throws Exception {
        CLOCK.set(0);
        AtomicInteger status = new AtomicInteger(503);
        try (Receiver receiver = Receiver.answering(soFar -> status.get());
                Rig rig = Rig.running(patient(), Rig.answering(200, "result"), CLOCK)) {
            rig.put("call-1", receiver.url());
            await().until(() -> rig.state("call-1").callbackAttempts() == 1
                    && rig.state("call-1").nextAttempt().isPresent());
            CLOCK.set(hours);
            status.set(200);

            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
            assertThat(receiver.deliveries).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, -2, 2, 24})
    void aCallOfAnEarlierProcessIsMadeThoughTheClockWasSetSince(int hours) throws Exception {
        CLOCK.set(0);
        try (Rig rig = Rig.idle(patient())) {
            rig.put("call-1", "");
        }
        Path call = folder.resolve("calls/0/call-1.call");
        Files.setLastModifiedTime(call, FileTime.from(Instant.now().plus(Duration.ofSeconds(1))));
        CLOCK.set(hours);
        try (Rig rig = Rig.running(patient(), Rig.answering(200, ""), CLOCK)) {
            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, 24})
    void aDeliveredCallIsRememberedAsLongAsItShouldBe(int hours) throws Exception {
        CLOCK.set(0);
        try (Rig rig = Rig.running(patient(), Rig.answering(200, ""), CLOCK)) {
            rig.put("call-1", "");
            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
            CLOCK.set(hours);

            assertThat(rig.phase("call-1")).isEqualTo(Phase.DELIVERED);
            assertThat(rig.queue.list(CallFilter.of(Phase.DELIVERED), "", 10).calls())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, 24})
    void theOldestDeadLettersMakeRoomWhateverTheClockSays(int hours) throws Exception {
        CLOCK.set(0);
        SpoolSettings s = patient();
        QueueLimits l = s.limits();
        SpoolSettings two = new SpoolSettings(
                folder,
                0,
                new QueueLimits(
                        l.maxBytes(),
                        l.maxCalls(),
                        l.maxBody(),
                        2,
                        l.maxDeadBytes(),
                        l.maxDelivered(),
                        l.deliveredFor(),
                        l.call(),
                        l.callback()),
                Rig.ONE_QUEUE);
        try (Rig rig = Rig.running(two, Rig.answering(422, ""), CLOCK)) {
            for (int i = 1; i <= 4; i++) {
                String id = "call-" + i;
                rig.put(id, "");
                await().until(() -> rig.phase(id) == Phase.DEAD);
                CLOCK.set(i % 2 == 0 ? 0 : hours);
            }
            assertThat(rig.queue.list(CallFilter.of(Phase.DEAD), "", 10).calls())
                    .extracting(CallState::id)
                    .containsExactly("call-3", "call-4");
        }
    }
}
