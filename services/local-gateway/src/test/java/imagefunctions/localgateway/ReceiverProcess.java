package imagefunctions.localgateway;

import imagefunctions.testservers.ApplicationProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged callback receiver as a process of its own, on a free port. */
final class ReceiverProcess extends ApplicationProcess {
    private static final Path JAR = Path.of("../callback-receiver/target/quarkus-app/quarkus-run.jar");

    private ReceiverProcess(Map<String, String> environment) throws IOException {
        super(java(JAR, List.of("-Xmx64m")), environment);
    }

    /** Starts it and waits until it listens. */
    static ReceiverProcess start(Path messages) throws IOException {
        return start(messages, Map.of());
    }

    /** The same with these variables. */
    static ReceiverProcess start(Path messages, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("QUARKUS_HTTP_PORT", "0");
        all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        all.put("IMAGE_FUNCTIONS_MESSAGES_FOLDER", messages.toString());
        all.putAll(environment);
        ReceiverProcess receiver = new ReceiverProcess(all);
        receiver.awaitListening();
        return receiver;
    }
}
