package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.OtlpCollector;
import imagefunctions.testservers.OtlpCollector.Received;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of an asynchronous call of a workflow, until the receiver has its result. */
final class TracesIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    @AutoClose
    private final CallbackServer receiver;

    @AutoClose
    private final OtlpCollector collector;

    @TempDir
    private Path folder = Path.of("");

    TracesIT() throws Exception {
        receiver = CallbackServer.start();
        collector = new OtlpCollector();
    }

    private LocalGatewayProcess gateway(Map<String, String> tracing) throws Exception {
        Files.writeString(folder.resolve("two.yml"), """
                workflow:
                  retry: {times: 3, delay: 10ms}
                  steps:
                    - function: draft
                    - function: flaky
                """);
        Files.writeString(folder.resolve("kept.yml"), """
                workflow:
                  durable: true
                  steps:
                    - function: draft
                """);
        Map<String, String> environment = new HashMap<>(tracing);
        environment.put("IMAGE_FUNCTIONS_WORKFLOWS", folder.toString());
        environment.put(
                "IMAGE_FUNCTIONS_BACKENDS", "flaky=" + receiver.url("/503/200") + ",steady=" + receiver.url("/200"));
        return LocalGatewayProcess.start(environment);
    }

    private void call(LocalGatewayProcess gateway, String path, String... headers) throws Exception {
        String[] arguments = new String[headers.length * 2 + 4];
        arguments[0] = "--fail";
        arguments[1] = "--data-binary";
        arguments[2] = "@../../docs/pictures/seeding.jpg";
        arguments[3] = gateway.at(path).toString();
        for (int i = 0; i < headers.length; i++) {
            arguments[4 + 2 * i] = "-H";
            arguments[5 + 2 * i] = headers[i];
        }
        assertThat(Curl.of(arguments).exit()).isZero();
    }

    private Received only(Predicate<Received> which) {
        List<Received> found = collector.trace(TRACE).stream().filter(which).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void everyPartOfACallIsASpanOfItsCallersTrace() throws Exception {
        try (LocalGatewayProcess gateway = gateway(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(),
                "OTEL_EXPORTER_OTLP_HEADERS", "x-key=sesame",
                "OTEL_SERVICE_NAME", "pictures"))) {
            call(
                    gateway,
                    "/async-function/chaining?workflow=two",
                    "X-Call-Id: traced",
                    "traceparent: 00-" + TRACE + "-" + CALLER + "-01",
                    "tracestate: vendor=1",
                    "X-Callback-Url: " + receiver.url("/500/500/500/200"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> collector.trace(TRACE).stream()
                                    .filter(span -> span.name().equals("callback"))
                                    .count()
                            == 2);
        }

        Received accepted = only(span -> span.name().equals("POST /async-function/chaining"));
        assertThat(accepted.parent()).isEqualTo(CALLER);
        assertThat(accepted.kind()).isEqualTo("SERVER");
        assertThat(accepted.attributes()).containsEntry("http.response.status_code", "202");
        Received workflow = only(span -> span.name().equals("chaining"));
        assertThat(workflow.parent()).isEqualTo(accepted.id());
        assertThat(workflow.attributes()).containsEntry("call.id", "traced").containsEntry("faas.name", "chaining");

        List<Received> steps = collector.trace(TRACE).stream()
                .filter(span -> span.kind().equals("CLIENT") && span.parent().equals(workflow.id()))
                .toList();
        assertThat(steps)
                .as("each attempt at a step")
                .extracting(
                        Received::name,
                        span -> span.attributes().get("workflow.step"),
                        span -> span.attributes().get("http.response.status_code"),
                        Received::failed)
                .containsExactlyInAnyOrder(
                        tuple("POST /function/draft", "0", "200", false),
                        tuple("POST /function/flaky", "1", "503", true),
                        tuple("POST /function/flaky", "1", "200", false));
        Received step = only(span -> steps.contains(span) && span.name().equals("POST /function/draft"));
        Received served = only(span -> span.parent().equals(step.id()));
        assertThat(served.kind()).isEqualTo("SERVER");
        assertThat(only(span -> span.parent().equals(served.id())).name()).isEqualTo("draft");

        List<Received> callbacks = collector.trace(TRACE).stream()
                .filter(span -> span.name().equals("callback"))
                .toList();
        assertThat(callbacks)
                .extracting(Received::parent, span -> span.attributes().get("attempt"), Received::failed)
                .containsExactlyInAnyOrder(tuple(accepted.id(), "1", true), tuple(accepted.id(), "2", false));
        assertThat(receiver.of("traced"))
                .extracting(delivery -> delivery.header("tracestate"))
                .containsOnly("vendor=1");
        assertThat(receiver.of("traced").getLast().header("traceparent"))
                .isEqualTo("00-" + TRACE + "-" + callbacks.getLast().id() + "-01");

        assertThat(collector.trace(TRACE)).extracting(Received::service).containsOnly("pictures");
        assertThat(collector.headers()).isNotEmpty().allSatisfy(headers -> assertThat(headers.get("X-key"))
                .containsExactly("sesame"));
    }

    @Test
    void requestsToTheStoreAreSpansOfTheCallThatMakesThem() throws Exception {
        String trace = "traceparent: 00-" + TRACE + "-" + CALLER + "-01";
        try (LocalGatewayProcess gateway = gateway(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.url(),
                "IMAGE_FUNCTIONS_S3_FOLDER",
                folder.resolve("s3").toString(),
                "IMAGE_FUNCTIONS_GET_BUCKETS",
                "incoming",
                "IMAGE_FUNCTIONS_RUNS_BUCKET",
                "runs"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Curl.of(gateway.at("/system/buckets").toString())
                            .output()
                            .contains("\"on\""));
            call(gateway, "/function/chaining?workflow=kept", trace);
            String process = gateway.at("/function/processimages").toString();
            assertThat(Curl.of("--fail", "-d", "{\"reconcile\": true}", "-H", trace, process)
                            .exit())
                    .isZero();
            await().atMost(Duration.ofSeconds(30)).until(() -> collector.trace(TRACE).stream()
                    .anyMatch(span -> span.name().equals("processimages")));
        }
        Received processing = only(span -> span.name().equals("processimages"));
        Received workflow = only(span -> span.name().equals("chaining"));

        assertThat(storeSpans(processing)).contains("store GET /incoming 200");
        assertThat(storeSpans(workflow)).anyMatch(span -> span.matches("store PUT /runs/.*[.]run/run 200"));
    }

    private List<String> storeSpans(Received parent) {
        return collector.trace(TRACE).stream()
                .filter(span -> span.kind().equals("CLIENT") && span.parent().equals(parent.id()))
                .map(span -> span.name() + " " + span.attributes().get("url.path") + " "
                        + span.attributes().get("http.response.status_code"))
                .toList();
    }

    @Test
    void withoutACollectorOrATraceOfTheCallersOneBeginsAllTheSame() throws Exception {
        try (LocalGatewayProcess gateway = gateway(Map.of())) {
            for (String given :
                    List.of("x: y", "traceparent: 00-nonsense", "traceparent: 00-" + TRACE + "-" + CALLER + "-00")) {
                call(gateway, "/function/steady", "X-Call-Id: call-" + given.length(), given);
            }
        }

        assertThat(receiver.deliveries)
                .extracting(delivery -> delivery.header("traceparent"))
                .allMatch(parent -> parent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"))
                .filteredOn(parent -> parent.matches("00-" + TRACE + "-(?!" + CALLER + ")[0-9a-f]{16}-00"))
                .hasSize(1);
    }

    @Test
    void anAddressThatIsNoneStopsTheStart() throws Exception {
        try (LocalGatewayProcess gateway =
                LocalGatewayProcess.launch(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"))) {
            assertThat(gateway.status()).isNotZero();
            assertThat(gateway.log())
                    .contains("OTEL_EXPORTER_OTLP_ENDPOINT is \"collector:4318\": write the address of a collector");
        }
    }
}
