package imagefunctions.functions.chaining;

import imagefunctions.gatewayclient.Gateways;
import imagefunctions.runtime.Reply;
import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** The function in a process of its own, which a test kills. */
final class ChainingProcess {
    /** The status of a process that has ended at a document. */
    static final int ENDED = 137;

    static final Duration LEASE = Duration.ofMillis(300);
    private static final int AT_A_TIME = 8;

    private ChainingProcess() {}

    static Runs runs(RunStore store) {
        return new Runs(store, new RunLimits(1 << 30, 1000, Duration.ofDays(1), LEASE));
    }

    /** Runs one call and ends at a document: WORKFLOWS RUNS URL CALL-ID BODY DOCUMENT before|after. */
    static Process endingAt(Scene scene, Path runs, String id, String body, int document, boolean before)
            throws IOException {
        return start(
                "once",
                scene.folder().toString(),
                runs.toString(),
                scene.peer.url().toString(),
                id,
                body,
                Integer.toString(document),
                Boolean.toString(before));
    }

    /** Calls again until each of these runs has ended: WORKFLOWS RUNS URL PREFIX COUNT. */
    static Process driving(Scene scene, Path runs, String prefix, int count) throws IOException {
        return start(
                "drive",
                scene.folder().toString(),
                runs.toString(),
                scene.peer.url().toString(),
                prefix,
                Integer.toString(count));
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChainingProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        FolderRuns store = new FolderRuns(Path.of(arguments[2]));
        if (arguments[0].equals("once")) {
            RunStore ending = ending(store, Integer.parseInt(arguments[6]), Boolean.parseBoolean(arguments[7]));
            workflows(arguments, ending)
                    .answer(Scene.call("POST", "", Map.of("X-Call-Id", arguments[4]), arguments[5]));
        } else {
            drive(workflows(arguments, store), arguments[4], Integer.parseInt(arguments[5]));
        }
    }

    /** Ends the process just before or just after one of the documents that it creates. */
    private static RunStore ending(RunStore store, int document, boolean before) {
        AtomicInteger created = new AtomicInteger();
        return (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, values) -> {
                    if (method.getName().equals("within")) {
                        return proxy;
                    }
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

    private static Workflows workflows(String[] arguments, RunStore store) {
        return new Workflows(Scene.settings(Path.of(arguments[1]), Gateways.parse(arguments[3])), runs(store));
    }

    private static void drive(Workflows workflows, String prefix, int count) {
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (int i = 0; i < count; i++) {
                String id = prefix + i;
                callers.submit(() -> callUntilEnded(workflows, id));
            }
        }
    }

    private static Reply callUntilEnded(Workflows workflows, String id) {
        return Awaitility.await()
                .forever()
                .pollDelay(Duration.ZERO)
                .pollInterval(LEASE.dividedBy(3))
                .until(
                        () -> workflows.answer(Scene.call("POST", "", Map.of("X-Call-Id", id), id)),
                        reply -> !reply.headers().containsKey("Retry-After"));
    }
}
