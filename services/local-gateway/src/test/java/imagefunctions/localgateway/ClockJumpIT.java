package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.testservers.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the gateway's machine is put forward and back by days, while it runs and while it does not. */
final class ClockJumpIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = LONGEST_WAIT.multipliedBy(10);

    private final Path folder;
    private final WallClock clock;

    ClockJumpIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.clock = new WallClock(folder.resolve("clock"));
    }

    @BeforeAll
    static void clocksCanBeSet() {
        assumeTrue(WallClock.isInstalled(), WallClock.MISSING);
    }

    @Test
    void nothingWaitsLongerThanItsLongestWait() throws Exception {
        Map<String, String> environment = new HashMap<>(clock.environment());
        environment.put("IMAGE_FUNCTIONS_SPOOL_FOLDER", folder.resolve("spool").toString());
        environment.put("IMAGE_FUNCTIONS_CALLBACK_FIRST_WAIT", "1s");
        environment.put("IMAGE_FUNCTIONS_CALLBACK_LONGEST_WAIT", LONGEST_WAIT.toSeconds() + "s");
        try (CallbackServer receiver = CallbackServer.start()) {
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                AsyncClient client = new AsyncClient(gateway.at("/"));
                for (int days : new int[] {1, -1, 0}) {
                    String id = "jump-to-" + days;
                    waitingForItsReceiver(client, receiver, id);
                    clock.jump(Duration.ofDays(days));
                    await().atMost(PATIENCE).until(() -> client.state(id).equals("delivered"));
                    assertThat(receiver.of(id)).hasSize(4);
                }
                waitingForItsReceiver(client, receiver, "over-a-restart");
                gateway.kill();
            }
            clock.jump(Duration.ofDays(-1));
            try (LocalGatewayProcess gateway = LocalGatewayProcess.start(environment)) {
                AsyncClient client = new AsyncClient(gateway.at("/"));
                await().atMost(PATIENCE)
                        .until(() -> client.state("over-a-restart").equals("delivered"));
            }
        }
    }

    /** Makes a call that its receiver has refused once, and will refuse twice more. */
    private static void waitingForItsReceiver(AsyncClient client, CallbackServer receiver, String id) throws Exception {
        byte[] photo = Files.readAllBytes(Path.of("../../samples/fixtures/90x60.jpg"));
        String url = receiver.url("/503/503/503/200");
        assertThat(client.call("draft", photo, "X-Call-Id", id, "X-Callback-Url", url)
                        .statusCode())
                .isEqualTo(202);
        await().until(() -> receiver.of(id).size() == 1
                && client.describe(id).path("nextAttempt").isTextual());
    }
}
