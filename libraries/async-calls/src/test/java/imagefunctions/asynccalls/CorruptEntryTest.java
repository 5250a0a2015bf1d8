package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CorruptEntryTest {
    private final Path folder;

    CorruptEntryTest(@TempDir Path folder) {
        this.folder = folder;
    }

    interface Damage {
        byte[] to(byte[] file);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("emptied", (Damage) file -> new byte[0]),
                Arguments.of("cut within the prefix", (Damage) file -> Arrays.copyOf(file, 10)),
                Arguments.of("cut within the head", (Damage) file -> Arrays.copyOf(file, 40)),
                Arguments.of("cut within the body", (Damage) file -> Arrays.copyOf(file, file.length - 1)),
                Arguments.of("longer", (Damage) file -> Arrays.copyOf(file, file.length + 1)),
                Arguments.of("magic changed", flip(0)),
                Arguments.of("head length changed", flip(4)),
                Arguments.of("body length changed", flip(15)),
                Arguments.of("body checksum changed", flip(16)),
                Arguments.of("head checksum changed", flip(20)),
                Arguments.of("head changed", flip(30)),
                Arguments.of("body changed", (Damage) file -> {
                    byte[] changed = file.clone();
                    changed[file.length - 1] ^= 1;
                    return changed;
                }));
    }

    private static Damage flip(int at) {
        return file -> {
            byte[] changed = file.clone();
            changed[at] ^= 0x40;
            return changed;
        };
    }

    private void damage(Path file, Damage damage) throws IOException {
        Files.write(file, damage.to(Files.readAllBytes(file)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aCallWhoseFileWasAlteredBecomesADeadLetterAndTheOthersGoOn(String what, Damage damage) throws Exception {
        try (Rig rig = Rig.idle(Rig.settings(folder))) {
            rig.put("altered", "");
            rig.put("other", "");
        }
        damage(folder.resolve("calls/0/altered.call"), damage);
        try (Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, ""))) {
            await().until(() -> rig.phase("altered") == Phase.DEAD && rig.phase("other") == Phase.DELIVERED);

            assertThat(rig.state("altered").reason().orElseThrow()).startsWith("The spool's file was altered");
            await().until(() -> rig.queue.metrics().bytes() == 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aResultWhoseFileWasAlteredBecomesADeadLetter(String what, Damage damage) throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            try (Rig rig = Rig.idle(Rig.settings(folder))) {
                Callback callback = new Callback(
                        "altered",
                        "draft",
                        receiver.url(),
                        200,
                        List.of(),
                        Instant.now(),
                        Instant.now(),
                        Duration.ZERO,
                        1,
                        Optional.empty());
                rig.put("altered", receiver.url());
                CallClaim claim = Objects.requireNonNull(
                        rig.queue.calls(QueueNames.DEFAULT).take());
                try (EntryWriter writer = claim.keepResult(callback, OptionalLong.of(9))) {
                    writer.write(new byte[9]);
                    writer.commit();
                }
                claim.resolved(Optional.empty());
            }
            damage(folder.resolve("callbacks/0/altered.callback"), damage);
            try (Rig rig = Rig.running(Rig.settings(folder), Rig.answering(200, ""))) {
                await().until(() -> rig.phase("altered") == Phase.DEAD);

                assertThat(receiver.deliveries).isEmpty();
            }
        }
    }
}
