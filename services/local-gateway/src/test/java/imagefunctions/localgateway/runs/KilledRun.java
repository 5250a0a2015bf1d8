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
import java.time.Instant;
import java.util.Map;
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

    private static String body(Runs runs, String id) throws IOException {
        RunHead again = new RunHead(id, "six", Map.of(), Instant.now(), Map.of(), Map.of());
        Taken taken = runs.take(again, new byte[0]);
        assertThat(taken).as(id).isInstanceOf(Taken.Ended.class);
        return new String(((Taken.Ended) taken).end().body(), UTF_8);
    }

    private static String expected(int document, boolean before) {
        int step = document - 2;
        return before && step >= 0 && step < RunsProcess.STEPS
                ? "012345".substring(0, step + 1) + "012345".substring(step)
                : "012345";
    }
}
