package imagefunctions.localgateway.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.localgateway.LocalGatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Workflows whose runs are kept in a bucket of any S3 server: a gateway is killed before it has kept a document of the run, or
 * behind that, and another one goes on with it.
 */
public final class KilledRun implements AutoCloseable {
    private static final String BUCKET = "killed-runs";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A workflow, the functions that it calls, and the documents that its run keeps. */
    enum Flow {
        SUCCEEDS(
                "a,b,c,d,e,f,audit",
                "run,lease.000001,step.0,step.1,step.2,step.3,step.4,step.5,step.end-7,end.succeeded"),
        FAILS("a,b,refuses,notify,audit", "run,lease.000001,step.0,step.1,step.2,step.end-4,step.end-5,end.failed");

        /** Where the documents of steps begin: each is what a call has answered. */
        private static final int STEPS = 2;

        @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that cannot be changed
        private final List<String> functions;

        @SuppressWarnings("ImmutableEnumChecker")
        private final List<String> documents;

        Flow(String functions, String documents) {
            this.functions = List.of(functions.split(","));
            this.documents = List.of(documents.split(","));
        }

        String file() {
            String steps = String.join("}, {function: ", functions.subList(0, this == SUCCEEDS ? 6 : 3));
            String last = this == SUCCEEDS ? "" : ", {function: never}";
            return "workflow: {durable: true, on_failure: notify, finally: audit, steps: [{function: " + steps + "}"
                    + last + "]}";
        }

        /** The function whose answer was about to be kept is called a second time, and no other. */
        List<String> calls(String document, boolean before) {
            List<String> calls = new ArrayList<>(functions);
            int call = documents.indexOf(document) - STEPS;
            if (before && call >= 0 && call < functions.size()) {
                calls.add(call, functions.get(call));
            }
            return calls;
        }
    }

    /** The moment at which a gateway is killed. */
    public record Moment(Flow flow, String document, boolean before) {
        @Override
        public String toString() {
            return flow + (before ? ", before " : ", behind ") + document;
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FailingFunctions functions = new FailingFunctions();
    private final URI store;
    private final Path workflows;
    private final LocalGatewayProcess other;

    /** Starts the gateway that goes on with the runs of those that are killed. */
    public KilledRun(URI store, Path folder) throws IOException {
        this.store = store;
        workflows = Files.createDirectory(folder.resolve("workflows-" + BUCKET));
        for (Flow flow : Flow.values()) {
            Files.writeString(workflows.resolve(flow + ".yml"), flow.file());
        }
        other = LocalGatewayProcess.start(environment(store));
    }

    private Map<String, String> environment(URI endpoint) {
        Map<String, String> environment = new HashMap<>(RandomKills.bucket(endpoint));
        environment.put("IMAGE_FUNCTIONS_RUNS_BUCKET", BUCKET);
        environment.put("IMAGE_FUNCTIONS_RUN_LEASE", "500ms");
        environment.put("IMAGE_FUNCTIONS_BUCKETS", "false");
        environment.put("IMAGE_FUNCTIONS_WORKFLOWS", workflows.toString());
        environment.put("gateway_url", functions.url());
        return environment;
    }

    /** Before a step's answer is kept, and behind that of a hook; {@code -Dmoments=all}: every document. */
    public static Stream<Moment> moments() {
        if (!"all".equals(System.getProperty("moments"))) {
            return Stream.of(new Moment(Flow.SUCCEEDS, "step.1", true), new Moment(Flow.FAILS, "step.end-4", false));
        }
        return Arrays.stream(Flow.values()).flatMap(flow -> flow.documents.stream()
                .flatMap(document -> Stream.of(true, false).map(before -> new Moment(flow, document, before))));
    }

    /** Asserts that the run ends as if nobody had been killed, and that no step is called again whose answer was kept. */
    public void isGoneOnWith(Moment moment) throws Exception {
        String run = moment.flow() + "-" + moment.document() + "-" + moment.before();
        try (KillingRelay relay = new KillingRelay(store, run + ".run/" + moment.document(), moment.before());
                LocalGatewayProcess first = LocalGatewayProcess.start(environment(relay.url()))) {
            relay.kills(first);
            assertThat(client.sendAsync(call(first, moment.flow(), run), BodyHandlers.ofString()))
                    .as("the answer of the gateway that is killed")
                    .failsWithin(PATIENCE);
        }

        HttpResponse<String> answer = answered(moment.flow(), run);
        HttpResponse<String> again = answered(moment.flow(), run);

        boolean succeeds = moment.flow() == Flow.SUCCEEDS;
        assertThat(functions.calls(run))
                .extracting(FailingFunctions.Call::function)
                .containsExactlyElementsOf(moment.flow().calls(moment.document(), moment.before()));
        assertThat(answer.statusCode()).isEqualTo(succeeds ? 200 : 502);
        assertThat(answer.body()).contains(succeeds ? run + "abcdef" : "\"stepStatus\" : 422");
        assertThat(again.body()).isEqualTo(answer.body());
    }

    /** What the other gateway answers once the lease of the one that was killed has expired. */
    private HttpResponse<String> answered(Flow flow, String run) throws IOException {
        HttpRequest call = call(other, flow, run);
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.send(call, BodyHandlers.ofString()), answer -> answer.statusCode() != 409);
    }

    private static HttpRequest call(LocalGatewayProcess gateway, Flow flow, String run) throws IOException {
        return HttpRequest.newBuilder(gateway.at("/function/chaining?workflow=" + flow))
                .header("X-Call-Id", run)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(run))
                .build();
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        other.close();
        functions.close();
    }
}
