package imagefunctions.localgateway.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.workflowruns.BucketRuns;
import imagefunctions.workflowruns.HeldRun;
import imagefunctions.workflowruns.Kept;
import imagefunctions.workflowruns.RunEnd;
import imagefunctions.workflowruns.RunHead;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunState;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import imagefunctions.workflowruns.StepHead;
import imagefunctions.workflowruns.Taken;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A process with a run of six steps in a bucket, each of which adds its number to the body. */
final class RunsProcess {
    static final int ENDED = 137;
    static final int STEPS = 6;
    static final String BUCKET = "runs";
    static final String SECRET = "tester-secret";

    private RunsProcess() {}

    static Runs runs(RunStore store) {
        return new Runs(store, new RunLimits(1 << 20, 1000, Duration.ofDays(1), Duration.ofMillis(500)));
    }

    static BucketRuns bucket(URI endpoint, String name) {
        ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", SECRET, Duration.ofSeconds(5), Duration.ofSeconds(30)));
        return new BucketRuns(() -> store, name);
    }

    /** A process with one run, which ends before or after one of its documents. */
    static Process start(URI endpoint, String id, Path calls, int document, boolean before) throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunsProcess.class.getName(),
                        endpoint.toString(),
                        id,
                        calls.toString(),
                        Integer.toString(document),
                        Boolean.toString(before))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        // Certificates that nobody needs here take seconds to read.
        process.environment().remove("SSL_CERT_FILE");
        return process.start();
    }

    public static void main(String[] arguments) throws Exception {
        RunStore store = bucket(URI.create(arguments[0]), BUCKET);
        RunStore ending = ending(store, Integer.parseInt(arguments[3]), Boolean.parseBoolean(arguments[4]));
        run(runs(ending), arguments[1], Path.of(arguments[2]));
    }

    /** Ends the process just before or just after one of the documents that it creates. */
    private static RunStore ending(RunStore store, int document, boolean before) {
        AtomicInteger created = new AtomicInteger();
        return (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, values) -> {
                    boolean here = method.getName().equals("create") && created.getAndIncrement() == document;
                    if (here && before) {
                        Runtime.getRuntime().halt(ENDED);
                    }
                    Object result = method.invoke(store, values);
                    if (here) {
                        Runtime.getRuntime().halt(ENDED);
                    }
                    return result;
                });
    }

    /** Begins the run or goes on with it; false while another process has it. */
    static boolean run(Runs runs, String id, Path calls) throws IOException {
        RunHead head = new RunHead(id, "six", Map.of(), Instant.now(), Map.of(), Map.of());
        return switch (runs.take(head, "-".getBytes(UTF_8))) {
            case Taken.Held(HeldRun run) -> {
                try (run) {
                    byte[] body = run.body();
                    for (int step = 0; step < STEPS; step++) {
                        body = step(run, Integer.toString(step), body, calls);
                    }
                    run.end(new RunEnd(RunState.SUCCEEDED, Instant.now(), "text/plain", 1, List.of(), null), body);
                }
                yield true;
            }
            case Taken.Ended e -> true;
            default -> false;
        };
    }

    private static byte[] step(HeldRun run, String key, byte[] body, Path calls) throws IOException {
        var kept = run.kept(key);
        if (kept.isPresent()) {
            return kept.get().body();
        }
        Files.writeString(calls, key, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Instant now = Instant.now();
        StepHead head = new StepHead(key, key, "step " + key, "f", "", 200, "text/plain", 1, now, now, List.of(), null);
        return run.keep(new Kept<>(head, (new String(body, UTF_8) + key).getBytes(UTF_8)))
                .body();
    }
}
