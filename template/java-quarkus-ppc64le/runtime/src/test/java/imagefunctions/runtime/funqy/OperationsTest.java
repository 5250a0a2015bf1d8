package imagefunctions.runtime.funqy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class OperationsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/_/health", "/_/ready"})
    void healthAndReadinessAreGreen(String path) throws Exception {
        assertThat(Http.send(HttpRequest.newBuilder(Http.at(path))).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_/health", "/_/ready"})
    void probesAreOnlyAsked(String path) throws Exception {
        var answer = Http.send(Http.post(path, "body"));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @ParameterizedTest
    @CsvSource({"shout,200", "nowhere,404", "fail,500"})
    void everyAnswerSaysHowLongItTook(String function, int status) throws Exception {
        var answer = Http.send(Http.post("/function/" + function, "body"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Duration-Seconds").orElseThrow())
                .matches("\\d+\\.\\d{6}");
    }

    @Test
    void callsAreCountedByFunctionAndStatus() throws Exception {
        Http.send(Http.post("/function/shout", "four"));
        Http.send(Http.post("/function/fail", "problem"));

        String metrics = Http.send(HttpRequest.newBuilder(Http.at("/metrics"))).body();

        assertThat(metrics)
                .contains("function_calls_seconds_count{function=\"shout\",status=\"200\"")
                .contains("function_calls_seconds_count{function=\"fail\",status=\"422\"")
                .contains("function_received_bytes_total{function=\"shout\",status=\"200\"")
                .contains("function_sent_bytes_total{function=\"shout\",status=\"200\"")
                .contains("function_calls_waiting");
    }
}
