package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the spool does on a disk without a byte left, where deleting and renaming still work. */
final class FullDiskTest {
    private final Path disk;
    private final Path filler;

    FullDiskTest(@TempDir Path folder) throws IOException {
        this.disk = Files.createDirectory(folder.resolve("small-disk"));
        this.filler = disk.resolve("filler");
    }

    @BeforeEach
    void mount() throws Exception {
        Assumptions.assumeTrue(
                succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
                "No small disk to be had: only root may mount one");
    }

    @AfterEach
    void unmount() throws Exception {
        succeeds("umount", disk.toString());
    }

    private static boolean succeeds(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private void fill() {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(disk.toFile().getUsableSpace()).isZero();
        }
    }

    private Path spool() {
        return disk.resolve("spool");
    }

    @Test
    void callsEndAsTheyWouldAndNewOnesAreRefused() throws Exception {
        try (Rig rig = Rig.idle(Rig.settings(spool()))) {
            for (String id : List.of("good", "bad", "corrupt")) {
                rig.put(id, "");
            }
        }
        Files.write(spool().resolve("calls/0/corrupt.call"), new byte[] {1}, StandardOpenOption.WRITE);
        fill();
        try (Rig rig = Rig.running(
                Rig.settings(spool()), (call, body) -> Rig.answering(call.id().equals("good") ? 200 : 422, "")
                        .call(call, body))) {
            await().until(() -> rig.phase("good") == Phase.DELIVERED
                    && rig.phase("bad") == Phase.DEAD
                    && rig.phase("corrupt") == Phase.DEAD);
            fill();

            assertThatThrownBy(() -> rig.put("new", ""))
                    .isInstanceOf(QueueFullException.class)
                    .hasMessageContaining("disk");
            Files.delete(filler);
            assertThat(rig.queue.requeue("bad")).isEqualTo(RequeueResult.REQUEUED);
            await().until(() -> rig.phase("bad") == Phase.DEAD);
            assertThat(rig.state("bad").reason()).hasValue("The function answered 422.");
        }
        try (Rig rig = Rig.idle(Rig.settings(spool()))) {
            assertThat(rig.queue.metrics().waiting()).isZero();
            assertThat(rig.queue.metrics().dead()).isEqualTo(2);
        }
    }

    @Test
    void aCallWhoseResultFindsNoRoomIsADeadLetterThatCanBeRequeued() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            try (Rig rig = Rig.idle(Rig.settings(spool()))) {
                rig.put("call-1", receiver.url());
            }
            fill();
            try (Rig rig = Rig.running(Rig.settings(spool()), Rig.answering(200, "result"))) {
                await().until(() -> rig.phase("call-1") == Phase.DEAD);
                assertThat(receiver.deliveries).isEmpty();
                Files.delete(filler);
                rig.queue.requeue("call-1");
                await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
                assertThat(receiver.deliveries).hasSize(1);
            }
        }
    }

    @Test
    void aResultThatIsADeadLetterIsRequeuedAndDelivered() throws Exception {
        AtomicInteger status = new AtomicInteger(404);
        try (Receiver receiver = Receiver.answering(soFar -> status.get());
                Rig rig = Rig.running(Rig.settings(spool()), Rig.answering(200, "result"))) {
            rig.put("call-1", receiver.url());
            await().until(() -> rig.phase("call-1") == Phase.DEAD);
            fill();
            status.set(200);

            assertThat(rig.queue.requeue("call-1")).isEqualTo(RequeueResult.REQUEUED);
            await().until(() -> rig.phase("call-1") == Phase.DELIVERED);
        }
    }
}
