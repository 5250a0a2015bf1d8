package imagefunctions.localgateway.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.workflowruns.RunHead;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.Taken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.provider.Arguments;

/** Runs whose process ends in the middle of them, in a bucket of any S3 server. */
public final class KilledRun {
    private KilledRun() {}

    /** Before and after a step's result and the end; {@code -Dmoments=all}: every document. */
    public static Stream<Arguments> moments() {
        int end = RunsProcess.STEPS + 2;
        IntStream documents =
                "all".equals(System.getProperty("moments")) ? IntStream.rangeClosed(0, end) : IntStream.of(3, end);
        return documents.boxed().flatMap(document -> Stream.of(true, false)
                .map(before -> Arguments.of(document, before)));
    }

    /** Asserts that another process ends it, and calls no step again but the one whose result was not kept. */
    public static void isGoneOnWith(URI endpoint, Path folder, int document, boolean before) throws Exception {
        String id = "killed-" + document + "-" + before;
        Path calls = folder.resolve("calls");
        Process first = RunsProcess.start(endpoint, id, calls, document, before);
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(RunsProcess.ENDED);

        Runs other = RunsProcess.runs(RunsProcess.bucket(endpoint, RunsProcess.BUCKET));
        Awaitility.await().until(() -> RunsProcess.run(other, id, calls));

        assertThat(body(other, id)).isEqualTo("-012345");
        assertThat(Files.readString(calls)).isEqualTo(expected(document, before));
    }

    /**
     * Asserts that several runs end however often their process is killed, and that no step is called again whose result
     * had been kept; with {@code -Druns=200 -Dkills=30} for longer.
     */
    public static void allAreGoneOnWith(URI endpoint, Path folder) throws Exception {
        int count = Integer.getInteger("runs", 6);
        int kills = Integer.getInteger("kills", 1);
        Random random = new Random(7);
        Runs other = RunsProcess.runs(RunsProcess.bucket(endpoint, RunsProcess.BUCKET));
        Map<String, Map<String, Long>> callsOfKeptSteps = new HashMap<>();
        for (int kill = 0; kill < kills; kill++) {
            long before = calls(folder, count);
            long more = random.nextInt(1, Math.max(2, RunsProcess.STEPS * count / kills));
            Process process = RunsProcess.driving(endpoint, count, folder);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> calls(folder, count) >= before + more || !process.isAlive());
            process.destroyForcibly().waitFor();
            for (int number = 0; number < count; number++) {
                String id = RunsProcess.driven(number);
                String calls = calls(folder, id);
                other.status(id).ifPresent(run -> run.steps().forEach(step -> callsOfKeptSteps
                        .computeIfAbsent(id, first -> new HashMap<>())
                        .putIfAbsent(step.head().key(), calls(calls, step.head().key()))));
            }
        }
        Process last = RunsProcess.driving(endpoint, count, folder);
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(last.exitValue()).isZero();

        for (int number = 0; number < count; number++) {
            String id = RunsProcess.driven(number);
            assertThat(body(other, id)).isEqualTo("-012345");
            String calls = calls(folder, id);
            assertThat(calls.chars().boxed().toList()).as(id).isSorted();
            callsOfKeptSteps.getOrDefault(id, Map.of()).forEach((step, then) -> assertThat(calls(calls, step))
                    .as("calls of step %s of %s, which was kept", step, id)
                    .isEqualTo(then));
        }
    }

    private static String body(Runs runs, String id) throws IOException {
        RunHead again = new RunHead(id, "six", Map.of(), Instant.now(), Map.of(), Map.of());
        Taken taken = runs.take(again, new byte[0]);
        assertThat(taken).as(id).isInstanceOf(Taken.Ended.class);
        return new String(((Taken.Ended) taken).end().body(), UTF_8);
    }

    private static long calls(Path folder, int count) throws IOException {
        long calls = 0;
        for (int number = 0; number < count; number++) {
            calls += calls(folder, RunsProcess.driven(number)).length();
        }
        return calls;
    }

    private static String calls(Path folder, String id) throws IOException {
        Path calls = folder.resolve(id);
        return Files.exists(calls) ? Files.readString(calls) : "";
    }

    private static long calls(String calls, String step) {
        return calls.chars().filter(call -> call == step.charAt(0)).count();
    }

    private static String expected(int document, boolean before) {
        int step = document - 2;
        return before && step >= 0 && step < RunsProcess.STEPS
                ? "012345".substring(0, step + 1) + "012345".substring(step)
                : "012345";
    }
}
