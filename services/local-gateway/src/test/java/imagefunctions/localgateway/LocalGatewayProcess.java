package imagefunctions.localgateway;

import imagefunctions.testservers.ApplicationProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The packaged local gateway as a process of its own, on a free port, without buckets unless it is given a folder for
 * them.
 */
public final class LocalGatewayProcess extends ApplicationProcess {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private LocalGatewayProcess(List<String> command, Map<String, String> environment) throws IOException {
        super(command, environment);
    }

    /** Starts it with these variables, and does not wait for it. */
    public static LocalGatewayProcess launch(Map<String, String> environment) throws IOException {
        return launch(List.of(), List.of(), environment);
    }

    /** Starts it by way of another command, with these options of the JVM. */
    static LocalGatewayProcess launch(List<String> by, List<String> options, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(by);
        command.addAll(java(JAR, options));
        Map<String, String> all = new HashMap<>();
        all.put("QUARKUS_HTTP_PORT", "0");
        all.put("IMAGE_FUNCTIONS_SPOOL_FOLDER", "target/spool-" + UUID.randomUUID());
        // The S3 server takes longer to start than all the rest.
        all.put(
                "IMAGE_FUNCTIONS_BUCKETS",
                String.valueOf(!Collections.disjoint(
                        environment.keySet(), Set.of("IMAGE_FUNCTIONS_S3_FOLDER", "S3_ENDPOINT"))));
        all.put("IMAGE_FUNCTIONS_S3_FOLDER", "target/no-buckets");
        all.put("IMAGE_FUNCTIONS_S3_PORT", "0");
        all.putAll(environment);
        return new LocalGatewayProcess(command, all);
    }

    /** Starts it and waits until it listens. */
    public static LocalGatewayProcess start(Map<String, String> environment) throws IOException {
        return launch(environment).listening();
    }

    /** Waits until it listens. */
    public LocalGatewayProcess listening() throws IOException {
        awaitListening();
        return this;
    }
}
