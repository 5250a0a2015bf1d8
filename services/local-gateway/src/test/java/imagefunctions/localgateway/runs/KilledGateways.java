package imagefunctions.localgateway.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.localgateway.LocalGatewayProcess;
import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Two gateways with one home of durable runs, each of which can be killed and replaced, and their client. */
final class KilledGateways implements AutoCloseable {
    private final Map<String, String> environment;
    private final List<ReservedPort> ports = List.of(new ReservedPort(), new ReservedPort());
    /** By their number; one that was killed is missing until it is replaced. */
    private final Map<Integer, LocalGatewayProcess> gateways = new HashMap<>();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** The gateway that works on a run. */
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    /**
     * Two gateways that are not started yet.
     *
     * @param home the settings that say where runs are kept
     * @param folder for the workflow's file
     * @param functions the address of those that it calls
     * @param workflow what is in the file
     */
    KilledGateways(Map<String, String> home, Path folder, String functions, String workflow) throws IOException {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        Files.writeString(workflows.resolve("workflow.yml"), workflow);
        environment = new HashMap<>(home);
        environment.put("gateway_url", functions);
        environment.put("IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString());
        environment.put("IMAGE_FUNCTIONS_RUN_LEASE", "1s");
        environment.put("IMAGE_FUNCTIONS_BUCKETS", "false");
    }

    void startThoseThatAreDead() throws IOException {
        for (int number = 0; number < ports.size(); number++) {
            if (!gateways.containsKey(number)) {
                environment.put("QUARKUS_HTTP_PORT", ports.get(number).toString());
                gateways.put(number, LocalGatewayProcess.launch(environment));
            }
        }
        for (LocalGatewayProcess gateway : gateways.values()) {
            gateway.listening();
        }
    }

    /** Ends the one that works on a run as {@code kill -9} does. */
    void kill(String run) throws IOException {
        Objects.requireNonNull(gateways.remove(underWay.get(run))).close();
    }

    private int living() {
        return gateways.keySet().iterator().next();
    }

    /** Calls the workflow by one of the gateways; nothing if that is dead, or is killed meanwhile. */
    Optional<HttpResponse<String>> call(String run, int turn) throws InterruptedException {
        int gateway = turn % ports.size();
        HttpRequest request = HttpRequest.newBuilder(at(gateway, "/function/chaining"))
                .header("X-Call-Id", run)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(run))
                .build();
        underWay.put(run, gateway);
        try {
            return Optional.of(client.send(request, BodyHandlers.ofString()));
        } catch (ConnectException dead) {
            return Optional.empty();
        } catch (IOException killed) {
            cutOff.add(run);
            return Optional.empty();
        } finally {
            underWay.remove(run);
        }
    }

    /** Calls the workflow by a gateway that lives. */
    HttpResponse<String> callAgain(String run) throws InterruptedException {
        return call(run, living()).orElseThrow();
    }

    /** The runs whose gateway was killed while it worked on them. */
    Set<String> cutOff() {
        return cutOff;
    }

    /** What a gateway that lives says of a run; it may not have begun. */
    JsonNode status(String run) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(at(living(), "/system/runs/" + run)).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404);
        return new ObjectMapper().readTree(answer.body());
    }

    private URI at(int gateway, String path) {
        return ports.get(gateway).url().resolve(path);
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        for (LocalGatewayProcess gateway : gateways.values()) {
            gateway.close();
        }
        for (ReservedPort port : ports) {
            port.close();
        }
    }
}
