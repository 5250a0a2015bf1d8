package imagefunctions.localgateway.async;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.runtime.funqy.CallLimits;
import imagefunctions.runtime.http.HttpLimits;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsyncSettingsTest {

    @ParameterizedTest
    @CsvSource({"2s, 4m", "1m, 10m"})
    void whatACallMayStillNeedIsNotSweptHoweverOftenIsSwept(String sweepEvery, String orphanAge) {
        AsyncSettings.Environment environment = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AsyncSettings.Environment.class)
                .withDefaultValues(Map.of(
                        "image-functions.queue", "nats://a:4222", "image-functions.queue-sweep-every", sweepEvery))
                .build()
                .getConfigMapping(AsyncSettings.Environment.class);
        HttpLimits bodies =
                new HttpLimits(1000, "IMAGE_FUNCTIONS_MAX_BODY", 1000, Duration.ofMinutes(1), Duration.ofMinutes(1));

        AsyncSettings.Home home =
                new AsyncSettings().home(environment, bodies, new CallLimits(1, 1, 1, Duration.ofMinutes(1)));

        assertThat(home).isInstanceOfSatisfying(AsyncSettings.Home.JetStream.class, queue -> assertThat(
                        queue.settings().orphanAge())
                .isEqualTo(Duration.parse("PT" + orphanAge)));
    }
}
