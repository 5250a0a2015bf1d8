package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that no queue could work with. */
final class QueueSettingsTest {
    private static final long BODY = 64L << 20;

    @Test
    void roomForLessThanOneCallIsRefusedAndTheLeastHoldsOneOfUnknownLength(@TempDir Path folder) throws Exception {
        long least = Long.parseLong(refusedRoom(BODY).replaceAll(".*set it to (\\d+) or more", "$1"));

        assertThat(refusedRoom(least - 1)).startsWith("IMAGE_FUNCTIONS_SPOOL_MAX_BYTES is " + (least - 1));
        QueueLimits limits = Rig.limits(least, 10, BODY, Rig.FAST);
        try (Rig rig = Rig.idle(Spool.open(new SpoolSettings(folder, 0, limits, Rig.ONE_QUEUE)));
                EntryWriter call = rig.queue.accept(Rig.call("call-1", ""), OptionalLong.empty())) {
            call.write(1);
            call.commit();
        }
    }

    private static String refusedRoom(long maxBytes) {
        try {
            Rig.limits(maxBytes, 10, BODY, Rig.FAST);
            return "taken";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void deliveredCallsAreNotKeptForLessThanNoTime() {
        QueueLimits l = Rig.limits();
        assertThatThrownBy(() -> new QueueLimits(
                        l.maxBytes(),
                        l.maxCalls(),
                        l.maxBody(),
                        l.maxDead(),
                        l.maxDeadBytes(),
                        l.maxDelivered(),
                        Duration.ofSeconds(-1),
                        l.call(),
                        l.callback()))
                .hasMessage("IMAGE_FUNCTIONS_DELIVERED_KEPT is PT-1S: set it to 0s or more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1M", "PT0S", "PT0.999S"})
    void sweepsWithoutAPauseAreRefused(Duration every) {
        assertThatThrownBy(() -> new JetStreamSettings(
                        "nats://a:4222",
                        new JetStreamSettings.Access(Optional.empty(), Optional.empty()),
                        "test",
                        0,
                        Duration.ofSeconds(1),
                        every,
                        Duration.ofMinutes(10),
                        Rig.limits(),
                        Rig.ONE_QUEUE))
                .hasMessage("IMAGE_FUNCTIONS_QUEUE_SWEEP_EVERY is " + every + ": set it to 1s or more");
    }
}
