package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durable runs at the gateway: what is known of them, and steering them. */
@QuarkusTest
@TestProfile(RunsTest.Durable.class)
final class RunsTest {
    private static final byte[] BODY = "a body".getBytes(StandardCharsets.UTF_8);

    public static final class Durable implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "durable");
                Files.writeString(folder.resolve("held.yml"), """
                        workflow:
                          durable: true
                          steps:
                            - function: mended
                            - function: held
                            - name: last
                              function: mended
                          finally: noted
                        """);
                Files.writeString(folder.resolve("mended.yml"), """
                        workflow:
                          durable: true
                          steps: [{function: mended}]
                        """);
                Files.writeString(folder.resolve("refused.yml"), """
                        workflow:
                          steps: [{function: bw}]
                          on_failure: noted
                        """);
                return Map.of(
                        "image-functions.workflows",
                        folder.toString(),
                        "image-functions.runs-folder",
                        folder.resolve("runs").toString(),
                        "image-functions.async-workers",
                        "1",
                        "image-functions.async-first-wait",
                        "10ms",
                        "image-functions.spool-folder",
                        Files.createTempDirectory(Path.of("target"), "spool").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void mend() {
        HeldFunctions.BROKEN.set(false);
        HeldFunctions.NOTED.set(0);
        HeldFunctions.RELEASED.drainPermits();
        HeldFunctions.REACHED.drainPermits();
    }

    private static JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(Http.send("GET", path).body());
    }

    private static String state(String run) throws Exception {
        return json("/system/runs/" + run).path("state").asText();
    }

    private static void untilState(String run, String state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> state(run).equals(state));
    }

    private static int steer(String run, String command) throws Exception {
        return Http.send("POST", "/system/runs/" + run + "/" + command).statusCode();
    }

    private static void begin(String run, String workflow, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "X-Call-Id";
        all[1] = run;
        System.arraycopy(headers, 0, all, 2, headers.length);
        assertThat(Http.post("/async-function/chaining?workflow=" + workflow, BODY, all)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aPausedRunHoldsNoWorkerAndIsDeliveredOnceItIsResumed() throws Exception {
        try (CallbackServer receiver = CallbackServer.start()) {
            begin("paused-1", "held", "X-Callback-Url", receiver.url("/200"));
            HeldFunctions.REACHED.acquire();
            assertThat(state("paused-1")).isEqualTo("running");
            assertThat(steer("paused-1", "pause")).isEqualTo(202);
            HeldFunctions.RELEASED.release();
            untilState("paused-1", "paused");

            // The only worker is free for another call.
            begin("other-1", "mended");
            untilState("other-1", "succeeded");
            await().until(() ->
                    json("/system/async/paused-1").path("state").asText().equals("queued"));
            assertThat(json("/system/async/paused-1").path("functionAttempts").asInt())
                    .isZero();

            assertThat(steer("paused-1", "resume")).isEqualTo(202);
            untilState("paused-1", "succeeded");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !receiver.of("paused-1").isEmpty());

            assertThat(receiver.of("paused-1").getFirst().body()).isEqualTo("a body");
            assertThat(receiver.of("paused-1").getFirst().header("x-workflow-state"))
                    .isEqualTo("succeeded");
            assertThat(HeldFunctions.NOTED).hasValue(1);
        }
    }

    @Test
    void aStoppedRunComesToItsEnd() throws Exception {
        begin("stopped-1", "held");
        HeldFunctions.REACHED.acquire();
        steer("stopped-1", "pause");
        HeldFunctions.RELEASED.release();
        untilState("stopped-1", "paused");

        assertThat(steer("stopped-1", "stop")).isEqualTo(202);

        untilState("stopped-1", "stopped");
        assertThat(HeldFunctions.NOTED).hasValue(1);
        assertThat(steer("stopped-1", "resume")).isEqualTo(409);
    }

    @Test
    void aFailedRunIsTriedAgain() throws Exception {
        HeldFunctions.BROKEN.set(true);
        HttpResponse<byte[]> failed = Http.post("/function/chaining?workflow=mended", BODY, "X-Call-Id", "failed-1");
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(json("/system/runs/failed-1")
                        .path("failure")
                        .path("stepStatus")
                        .asInt())
                .isEqualTo(422);
        for (String command : List.of("pause", "stop", "resume")) {
            assertThat(steer("failed-1", command)).as(command).isEqualTo(409);
        }
        HeldFunctions.BROKEN.set(false);

        assertThat(steer("failed-1", "retry")).isEqualTo(202);

        untilState("failed-1", "succeeded");
        assertThat(steer("failed-1", "retry")).isEqualTo(409);
        assertThat(Http.post("/function/chaining?workflow=mended", BODY, "X-Call-Id", "failed-1")
                        .body())
                .isEqualTo(BODY);
    }

    @Test
    void runsAreListedByStateAndWorkflowPageByPage() throws Exception {
        for (String run : new String[] {"list-1", "list-2", "list-3"}) {
            Http.post("/function/chaining?workflow=mended", BODY, "X-Call-Id", run);
        }

        JsonNode first = json("/system/runs?workflow=mended&state=succeeded&after=list-0&limit=2");
        JsonNode second = json("/system/runs?workflow=mended&after=list-2&limit=1");

        assertThat(first.path("runs").findValuesAsText("run")).containsExactly("list-1", "list-2");
        assertThat(first.path("next").asText()).isEqualTo("list-2");
        assertThat(second.path("runs").findValuesAsText("run")).containsExactly("list-3");
        assertThat(json("/system/runs?workflow=held&after=list-0&limit=1")
                        .path("runs")
                        .findValuesAsText("run"))
                .doesNotContain("list-1", "list-2", "list-3");
        assertThat(json("/system/runs?state=failed&workflow=nosuch").path("runs"))
                .isEmpty();
    }

    @Test
    void aStepsBodyIsReadAndARunIsDeleted() throws Exception {
        Http.post("/function/chaining?workflow=mended", BODY, "X-Call-Id", "deleted-1");

        assertThat(Http.send("GET", "/system/runs/deleted-1/steps/0").body()).isEqualTo("a body");
        assertThat(Http.send("GET", "/system/runs/deleted-1/steps/7").statusCode())
                .isEqualTo(404);
        assertThat(Http.send("DELETE", "/system/runs/deleted-1").statusCode()).isEqualTo(204);
        assertThat(Http.send("GET", "/system/runs/deleted-1").statusCode()).isEqualTo(404);
    }

    @Test
    void anAsynchronousWorkflowWhoseStepRefusedThePictureIsNotRepeated() throws Exception {
        begin("refused-1", "refused");

        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        json("/system/async/refused-1").path("state").asText().equals("dead"));

        assertThat(json("/system/async/refused-1").path("functionAttempts").asInt())
                .isEqualTo(1);
        assertThat(HeldFunctions.NOTED).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /system/runs?state=lost,          400, ''",
        "GET,    /system/runs?limit=0,             400, ''",
        "GET,    /system/runs/nosuch,              404, ''",
        "GET,    /system/runs/..%2F..%2Fspool,     404, ''",
        "DELETE, /system/runs/nosuch,              404, ''",
        "POST,   /system/runs/nosuch/pause,        404, ''",
        "GET,    /system/runs/nosuch/pause,        405, POST",
        "POST,   /system/runs/nosuch,              405, 'GET, DELETE'",
        "POST,   /system/runs/nosuch/steps/0,      405, GET",
        "POST,   /system/runs,                     405, GET"
    })
    void everyRouteAnswersWithItsStatus(String method, String path, int status, String allow) throws Exception {
        HttpResponse<String> response = Http.send(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Allow").orElse("")).isEqualTo(allow);
    }
}
