package imagefunctions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void figuresAreWrittenAsPrometheusReadsThem() {
        metrics.time("calls_seconds", Duration.ofMillis(1500), "function", "draft", "status", "200");
        metrics.time("calls_seconds", Duration.ofMillis(500), "function", "draft", "status", "200");
        metrics.count("bytes_total", 7, "function", "draft");
        metrics.gauge("waiting", () -> 3);
        metrics.counter("kept_elsewhere_total", () -> 4);

        assertThat(metrics.text()).isEqualTo("""
                # TYPE bytes_total counter
                bytes_total{function="draft"} 7.0
                # TYPE calls_seconds histogram
                BUCKETS
                calls_seconds_count{function="draft",status="200"} 2.0
                calls_seconds_sum{function="draft",status="200"} 2.0
                # TYPE kept_elsewhere_total counter
                kept_elsewhere_total 4.0
                # TYPE waiting gauge
                waiting 3.0
                """.replace("BUCKETS", buckets()));
    }

    private static String buckets() {
        return Stream.of(
                        "0.001 0", "0.002 0", "0.005 0", "0.01 0", "0.02 0", "0.05 0", "0.1 0", "0.2 0", "0.5 1",
                        "1.0 1", "2.0 2", "5.0 2", "10.0 2", "20.0 2", "60.0 2", "300.0 2", "+Inf 2")
                .map(bucket -> bucket.split(" ", 2))
                .map(bucket -> "calls_seconds_bucket{function=\"draft\",status=\"200\",le=\"" + bucket[0] + "\"} "
                        + bucket[1] + ".0")
                .collect(Collectors.joining("\n"));
    }

    @Test
    void whatALabelsValueMayNotHaveIsEscaped() {
        metrics.count("odd_total", 1, "value", "a\"b\\c\nd");

        assertThat(metrics.text()).endsWith("odd_total{value=\"a\\\"b\\\\c\\nd\"} 1.0\n");
    }

    @Test
    void whatWasTimedIsCountedByItsFirstLabels() {
        metrics.time("calls_seconds", Duration.ZERO, "function", "draft", "status", "200");
        metrics.time("calls_seconds", Duration.ZERO, "function", "draft", "status", "422");
        metrics.time("calls_seconds", Duration.ZERO, "function", "draft2", "status", "200");

        assertThat(metrics.timed("calls_seconds", "function", "draft")).isEqualTo(2);
        assertThat(metrics.timed("calls_seconds", "function", "bw")).isZero();
    }
}
