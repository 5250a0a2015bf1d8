package imagefunctions.runtime.funqy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
final class ProblemTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nosuch              |                  | 404 | Not Found             | There is no function "nosuch"; there are: buy, echo
                    ''                  |                  | 404 | Not Found             | There is no function ""
                    buy                 | {"item": 1, "co  | 400 | Bad Request           | (line 1, column
                    buy                 | null             | 400 | Bad Request           | send a value
                    buy                 | ''               | 400 | Bad Request           | not the JSON that buy reads
                    fail                | problem          | 422 | Unprocessable Entity  | It is damaged: send another.
                    fail                | checked          | 500 | Internal Server Error | the log has the reason
                    fail                | error            | 500 | Internal Server Error | the log has the reason
                    fail                | memory           | 503 | Service Unavailable   | not enough memory
                    fail                | other            | 500 | Internal Server Error | the log has the reason
                    parameters?a=1&a=2  | ''               | 400 | Bad Request           | "a" is given 2 times (1, 2): give it once
                    hold                | ''               | 504 | Gateway Timeout       | did not finish within 2 s
                    """)
    void everyProblemIsAnsweredInTheSameShape(String path, String body, int status, String title, String detail)
            throws Exception {
        var response = Http.send(
                Http.post("/function/" + path, body == null ? "" : body).header("X-Call-Id", "problem-1"));

        JsonNode problem = problem(response, status);
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("detail").asText()).contains(detail).doesNotContain("secret");
        assertThat(problem.path("callId").asText()).isEqualTo("problem-1");
        assertThat(response.headers().firstValue("X-Call-Id")).hasValue("problem-1");
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 2000000", "Transfer-Encoding: chunked", "Expect: 100-continue"})
    void aBodyOverTheLimitIsRefusedInWords(String header) throws Exception {
        byte[] printed = Http.curl(
                new byte[2_000_000],
                "-i",
                "--data-binary",
                "@-",
                "-H",
                header,
                Http.at("/function/echo").toString());

        assertThat(Http.lines(printed))
                .anyMatch(line -> line.contains(" 413 "))
                .anyMatch(line -> line.contains("larger than 1048576 bytes"));
    }

    /** A refused body of up to twice the limit is read to its end, and the connection goes on; a longer one is cut off. */
    @ParameterizedTest
    @CsvSource({
        "2000000, Content-Length: 2000000, false",
        "2100000, Content-Length: 2100000, true",
        "2100000, Transfer-Encoding: chunked, true"
    })
    void aSenderIsToldThatItsConnectionEnds(int size, String header, boolean told) throws Exception {
        byte[] printed = Http.curl(
                new byte[size],
                "-i",
                "--data-binary",
                "@-",
                "-H",
                "Expect:",
                "-H",
                header,
                Http.at("/function/echo").toString());

        assertThat(Http.lines(printed)).anyMatch(line -> line.contains(" 413 "));
        assertThat(Http.lines(printed).stream().anyMatch(line -> line.equalsIgnoreCase("connection: close")))
                .isEqualTo(told);
    }

    @Test
    void aQueryThatIsNotPercentEncodedIsABadRequest() throws Exception {
        byte[] printed = Http.curl(new byte[1], "-i", "--data-binary", "@-", Http.at("/function/echo") + "?a=%zz");

        assertThat(Http.lines(printed)).first().asString().contains(" 400 ");
    }

    @Test
    void whatFailsWhenACallIsAnsweredIsAProblemToo() throws Exception {
        var response = Http.send(Http.post("/function/reverse", "abc").header("X-Call-Id", FailingObserver.CALL));

        assertThat(problem(response, 500).path("detail").asText()).doesNotContain("secret");
    }

    private static JsonNode problem(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }
}
