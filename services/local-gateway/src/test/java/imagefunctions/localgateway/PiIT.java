package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The twenty asynchronous calls of samples/pi, by its script, with the packaged receiver. */
@QuarkusTest
final class PiIT {
    private static final int CALLS = 20;

    @Test
    void eachOfTwentyCallsIsDeliveredToTheReceiver(@TempDir Path folder) throws Exception {
        try (ReceiverProcess receiver = ReceiverProcess.start(folder)) {
            Process script = new ProcessBuilder(
                            "../../samples/pi/twenty.sh",
                            Http.at("").toString(),
                            receiver.at("").toString())
                    .redirectErrorStream(true)
                    .start();

            assertThat(new String(script.getInputStream().readAllBytes(), UTF_8).lines())
                    .hasSize(CALLS)
                    .allMatch(line -> line.contains("HTTP: 202"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> curl(receiver, "/messages").contains("\"count\":" + CALLS));
            String longest = curl(receiver, "/messages/pi-" + CALLS + ".txt");
            assertThat(longest).startsWith("3.14159265358979323846").endsWith("2164201989\n");
            for (int i = 1; i <= CALLS; i++) {
                assertThat(curl(receiver, "/messages/pi-" + i + ".txt"))
                        .isEqualTo(longest.substring(0, 50 * i + 2) + "\n");
            }
        }
    }

    private static String curl(ReceiverProcess receiver, String path) throws Exception {
        return Curl.of(receiver.at(path).toString()).output();
    }
}
