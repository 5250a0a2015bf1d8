package imagefunctions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
                # TYPE calls_seconds summary
                calls_seconds_count{function="draft",status="200"} 2.0
                calls_seconds_sum{function="draft",status="200"} 2.0
                # TYPE kept_elsewhere_total counter
                kept_elsewhere_total 4.0
                # TYPE waiting gauge
                waiting 3.0
                """);
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
