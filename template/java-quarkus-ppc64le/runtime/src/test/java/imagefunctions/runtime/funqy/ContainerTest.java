package imagefunctions.runtime.funqy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One function alone, with of-watchdog's names for its limits. */
@QuarkusTest
@TestProfile(ContainerTest.OneFunction.class)
final class ContainerTest {
    @Inject
    WorkPool pool;

    /** The settings of a container. */
    public static final class OneFunction implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "image-functions.mount",
                    "root",
                    "quarkus.funqy.export",
                    "hold",
                    "max_inflight",
                    "1",
                    "exec_timeout",
                    "1");
        }
    }

    @Test
    void theLockFileLiesThereWhileCallsAreTaken() {
        Path lock = Path.of(System.getProperty("java.io.tmpdir"), ".lock");

        await().until(() -> Files.exists(lock));
    }

    @Test
    void aCallPastMaxInflightIsA429AndNotReady() throws Exception {
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        calls.add(Http.sendAsync(Http.post("/", "first")).thenApply(answer -> answer.statusCode()));
        await().until(() -> pool.running() == 1);

        assertThat(Http.send(Http.post("/", "second")).statusCode()).isEqualTo(429);
        assertThat(Http.send(HttpRequest.newBuilder(Http.at("/_/ready"))).statusCode())
                .isEqualTo(429);
        SampleFunctions.GATE.release();
        assertThat(calls.getFirst().join()).isEqualTo(200);
        await().until(() ->
                Http.send(HttpRequest.newBuilder(Http.at("/_/ready"))).statusCode() == 200);
    }

    @Test
    void aCallPastExecTimeoutIsA504() throws Exception {
        await().until(() -> pool.running() == 0);

        var answer = Http.send(Http.post("/", "too long"));

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("X-Duration-Seconds").map(Double::parseDouble))
                .hasValueSatisfying(seconds -> assertThat(seconds).isGreaterThanOrEqualTo(1));
    }
}
