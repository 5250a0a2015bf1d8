package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final Path acknowledged;
    private final List<Process> started = new ArrayList<>();

    ProcessTest(@TempDir Path folder) {
        this.folder = folder;
        this.acknowledged = folder.resolve("acknowledged");
    }

    @AfterEach
    void endWhatWasStarted() {
        started.forEach(Process::destroyForcibly);
    }

    private static List<String> java(String heap, Path spool, String receiver, Path acknowledged, int... load) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                SpoolProcess.class.getName(),
                spool.toString(),
                receiver,
                acknowledged.toString()));
        for (int number : load) {
            command.add(Integer.toString(number));
        }
        return command;
    }

    private Process start(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        started.add(process);
        return process;
    }

    private Set<String> acknowledgedIds() throws IOException {
        return Files.exists(acknowledged) ? new TreeSet<>(Files.readAllLines(acknowledged)) : new TreeSet<>();
    }

    private static Set<String> deliveredIds(Receiver receiver) {
        Set<String> ids = new TreeSet<>();
        receiver.deliveries.forEach(delivery -> ids.add(delivery.callId()));
        return ids;
    }

    @Test
    void noAcknowledgedCallIsLostWhenTheProcessIsKilledAgainAndAgain() throws Exception {
        Path spool = folder.resolve("spool");
        Random random = new Random();
        try (Receiver receiver = Receiver.answering(soFar -> random.nextInt(10) == 0 ? 503 : 200)) {
            for (int kill = 0; kill < 6; kill++) {
                int wanted = acknowledgedIds().size() + 5 + random.nextInt(60);
                Process process = start(
                        java("-Xmx64m", spool, receiver.url(), acknowledged, 4, 1_000_000, 200_000),
                        folder.resolve("output"));
                await().atMost(PATIENCE).until(() -> acknowledgedIds().size() >= wanted);
                assertThat(process.isAlive()).isTrue();
                process.destroyForcibly().waitFor();
            }
            start(java("-Xmx64m", spool, receiver.url(), acknowledged, 0, 0, 2), folder.resolve("output"));
            Set<String> promised = acknowledgedIds();
            await().atMost(PATIENCE).until(() -> deliveredIds(receiver).containsAll(promised));

            assertThat(promised).hasSizeGreaterThan(30);
            assertThat(receiver.deliveries)
                    .allSatisfy(delivery -> assertThat(delivery.body()).isEqualTo("whole"));
            started.getLast().destroyForcibly().waitFor();
        }
        try (Rig rig = Rig.idle(Rig.settings(spool))) {
            assertThat(rig.queue.metrics().dead()).isZero();
        }
    }

    @Test
    void aCallThatEndsTheProcessEachTimeIsGivenUpAndTheOthersAreDelivered() throws Exception {
        Path spool = folder.resolve("spool");
        try (Receiver receiver = Receiver.answering(200)) {
            try (Rig rig = Rig.idle(Rig.settings(spool))) {
                Call poison = Rig.call("poison", receiver.url());
                rig.put(
                        new Call(poison.id(), "poison", "", "", poison.headers(), Instant.now()),
                        "body".getBytes(UTF_8));
                rig.put("harmless", receiver.url());
            }
            for (int start = 0; start < 20 && receiver.of("poison").isEmpty(); start++) {
                Process process =
                        start(java("-Xmx64m", spool, receiver.url(), acknowledged, 0, 0, 2), folder.resolve("output"));
                await().atMost(PATIENCE)
                        .until(() ->
                                !process.isAlive() || !receiver.of("poison").isEmpty());
            }
            await().atMost(PATIENCE).until(() -> !receiver.of("harmless").isEmpty());
            assertThat(receiver.of("poison").getFirst().headers().getFirst("X-Function-Status"))
                    .isEqualTo("500");
            started.getLast().destroyForcibly().waitFor();
        }
        try (Rig rig = Rig.idle(Rig.settings(spool))) {
            assertThat(rig.state("poison").reason())
                    .hasValue("The process ended during the last of 8 attempts, or could not keep what came of it.");
        }
    }

    @Test
    void sixtyFourBodiesOf20MegabytesPassThroughASmallHeapAtTheSameTime() throws Exception {
        Path output = folder.resolve("output");
        try (Receiver receiver = Receiver.answering(200)) {
            Process process = start(
                    java("-Xmx24m", folder.resolve("spool"), receiver.url(), acknowledged, 64, 1, 40 << 20), output);
            await().atMost(PATIENCE)
                    .until(() -> !process.isAlive() || deliveredIds(receiver).size() == 64);

            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(receiver.deliveries)
                    .allSatisfy(delivery -> assertThat(delivery.body()).isEqualTo("whole"));
        }
    }

    @Test
    void aDiskThatRunsFullRefusesCallsAndDeliversWhatItTook() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("small-disk"));
        Path output = folder.resolve("output");
        String mountAndRun = "mount -t tmpfs -o size=24m tmpfs '" + mount + "' && exec \"$0\" \"$@\"";
        List<String> unshare = List.of("unshare", "--mount", "--map-root-user", "sh", "-c", mountAndRun);
        Process probe = new ProcessBuilder(concat(unshare, List.of("true"))).start();
        Assumptions.assumeTrue(
                probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0,
                "No small disk to be had: this system lets nobody mount a tmpfs in a namespace of its own");
        try (Receiver receiver = Receiver.answering(200)) {
            // 8 x 2 bodies of 2 to 4 MB on 24 MB
            Process process = start(
                    concat(
                            unshare,
                            java("-Xmx64m", mount.resolve("spool"), receiver.url(), acknowledged, 8, 2, 4 << 20)),
                    output);
            await().atMost(PATIENCE)
                    .until(() -> !process.isAlive() || Files.readString(output).contains("sent"));
            assertThat(Files.readString(output)).contains("full");
            assertThat(acknowledgedIds()).isNotEmpty();
            await().atMost(PATIENCE).until(() -> deliveredIds(receiver).containsAll(acknowledgedIds()));
            assertThat(receiver.deliveries)
                    .allSatisfy(delivery -> assertThat(delivery.body()).isEqualTo("whole"));
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
