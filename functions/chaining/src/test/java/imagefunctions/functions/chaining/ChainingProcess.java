package imagefunctions.functions.chaining;

import imagefunctions.gatewayclient.Gateways;
import imagefunctions.workflowruns.FolderRuns;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The function in a process of its own, which a test kills. */
final class ChainingProcess {
    /** The status of a process that has ended at a document. */
    static final int ENDED = 137;

    private static final Duration LEASE = Duration.ofMillis(300);

    private ChainingProcess() {}

    static Runs runs(RunStore store) {
        return new Runs(store, new RunLimits(1 << 30, 1000, Duration.ofDays(1), LEASE));
    }

    /** Runs one call and ends at a document. */
    static Process endingAt(Scene scene, Path runs, String id, String body, int document, boolean before)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChainingProcess.class.getName(),
                        scene.folder().toString(),
                        scene.peer.url().toString(),
                        runs.toString(),
                        id,
                        body,
                        Integer.toString(document),
                        Boolean.toString(before))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        RunStore ending = ending(
                new FolderRuns(Path.of(arguments[2])),
                Integer.parseInt(arguments[5]),
                Boolean.parseBoolean(arguments[6]));
        new Workflows(Scene.settings(Path.of(arguments[0]), Gateways.parse(arguments[1])), runs(ending))
                .answer(Scene.call("POST", "", Map.of("X-Call-Id", arguments[3]), arguments[4]));
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
}
