package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four gateways behind the packaged {@code chaining}: three alike, of which one dies, and one three times slower. */
final class SeveralGatewaysIT {
    private static final int CALLERS = 12;
    private static final int CALLS = 600;
    private static final Duration WORK = Duration.ofMillis(20);

    /** So long that a busy machine, which delays all of them, does not hide the difference. */
    private static final Duration SLOW_WORK = Duration.ofMillis(200);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpResponse<String> run(URI chaining, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(chaining)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static String node(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Gateway-Node").orElse("none");
    }

    /** Many calls by many callers: every one is answered with its own body. */
    private List<String> load(URI chaining, int calls) throws Exception {
        List<Callable<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String body = "body " + i;
            all.add(() -> {
                HttpResponse<String> answer = run(chaining, body);
                assertThat(answer.body()).isEqualTo(body);
                return answer;
            });
        }
        List<String> nodes = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<HttpResponse<String>> answer : callers.invokeAll(all)) {
                nodes.add(node(answer.get()));
            }
        }
        return nodes;
    }

    private static Map<String, String> environment(Path folder, String choice, RemoteGateway... gateways)
            throws Exception {
        String urls = Stream.of(gateways).map(RemoteGateway::url).collect(Collectors.joining(","));
        Files.writeString(
                folder.resolve("workflow.yml"),
                "workflow: {gateway_url: 'http://nowhere.invalid', steps: [{function: echo}]}");
        return Map.of(
                "gateway_url", urls,
                "IMAGE_FUNCTIONS_GATEWAY_CHOICE", choice,
                "IMAGE_FUNCTIONS_WORKFLOWS", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"least-requests", "power-of-two-choices"})
    void theSlowOneGetsFewerCallsAndNoCallFailsWhenOneDies(String choice, @TempDir Path folder) throws Exception {
        try (RemoteGateway first = new RemoteGateway(WORK);
                RemoteGateway second = new RemoteGateway(WORK);
                RemoteGateway dying = new RemoteGateway(WORK);
                RemoteGateway slow = new RemoteGateway(SLOW_WORK);
                LocalGatewayProcess gateway =
                        LocalGatewayProcess.start(environment(folder, choice, first, second, dying, slow))) {
            URI chaining = gateway.at("/function/chaining");
            load(chaining, CALLS);
            assertThat(List.of(first.asked(), second.asked(), dying.asked()))
                    .allSatisfy(calls -> assertThat(slow.asked()).isLessThan(calls * 3 / 4));

            try (ExecutorService load = Executors.newSingleThreadExecutor()) {
                int before = first.asked();
                Future<List<String>> loaded = load.submit(() -> load(chaining, CALLS));
                await().until(() -> first.asked() > before + CALLS / 20);
                dying.die();
                assertThat(loaded.get()).contains(first.name(), second.name(), slow.name());
            }
            assertThat(load(chaining, CALLS / 10)).doesNotContain(dying.name());
            assertThat(gateway.log()).contains("The gateway " + dying.name() + " fails and is ejected for 1 s.");

            dying.rise();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> load(chaining, CALLERS).contains(dying.name()));
            assertThat(gateway.log()).contains("The gateway " + dying.name() + " answers again.");
        }
    }
}
