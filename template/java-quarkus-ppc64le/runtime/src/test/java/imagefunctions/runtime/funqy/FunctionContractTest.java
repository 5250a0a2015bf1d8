package imagefunctions.runtime.funqy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class FunctionContractTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    reverse    | abc                       | 200 | application/octet-stream  | cba
                    shout      | quiet                     | 200 | text/plain; charset=utf-8 | QUIET
                    buy        | {"item":"pen","count":2}  | 200 | application/json          | {"text":"2 x pen","total":3.0}
                    list       | {"a":1,"b":[2]}           | 200 | application/json          | [{"a":1,"b":[2]}]
                    stream     | as it is                  | 200 | application/octet-stream  | as it is
                    where      | x                         | 200 | text/plain; charset=utf-8 | virtual
                    swallow    | x                         | 204 | ''                        | ''
                    """)
    void bodiesOfEveryShapeAreBound(String function, String body, int status, String type, String answer)
            throws Exception {
        var response = Http.send(Http.post("/function/" + function, body));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).isEqualTo(type);
        assertThat(response.body()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Ada\"", "null"})
    void jsonIsReadAndWrittenAsQuarkusDoes(String by) throws Exception {
        String visit =
                "{\"day\":\"2026-11-30\",\"from\":\"2026-11-30T09:00:00Z\",\"stay\":7200.000000000,\"by\":" + by + "}";
        var response = Http.send(Http.post("/function/visit", visit.replace("{", "{\"unknown\":[1],")));

        assertThat(response.body()).isEqualTo(visit);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 700_000})
    void curlWithoutAContentTypeSendsBytesThatArriveUntouched(int size) throws Exception {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);

        String url = Http.at("/function/echo").toString();
        byte[] fixed = Http.curl(body, "--data-binary", "@-", url);
        byte[] chunked = Http.curl(body, "--data-binary", "@-", "-H", "Transfer-Encoding: chunked", url);
        byte[] expecting = Http.curl(body, "--data-binary", "@-", "-H", "Expect: 100-continue", url);

        assertThat(fixed).isEqualTo(body);
        assertThat(chunked).isEqualTo(body);
        assertThat(expecting).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"GET,", "PUT,body", "DELETE,", "PATCH,body"})
    void everyVerbReachesTheFunctionWithPathAndQuery(String verb, String body) throws Exception {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var response = Http.send(HttpRequest.newBuilder(Http.at("/function/echo/a/b?x=1&y=a%20b"))
                .method(verb, publisher));

        assertThat(response.headers().firstValue("X-Method")).hasValue(verb);
        assertThat(response.headers().firstValue("X-Path")).hasValue("/a/b");
        assertThat(response.headers().firstValue("X-Query")).hasValue("{x=[1], y=[a b]}");
    }

    @Test
    void headIsAnsweredWithTheLengthOfTheBodyAndWithoutIt() throws Exception {
        var lines = Http.lines(
                Http.curl(new byte[0], "--head", Http.at("/function/where").toString()));

        assertThat(lines.getFirst()).contains("200 OK");
        assertThat(lines).anyMatch(line -> line.equalsIgnoreCase("content-length: 7"));
    }

    @Test
    void aConnectionServesOneCallAfterAnother() throws Exception {
        String url = Http.at("/function/shout").toString();
        var printed = Http.curl(
                "a".getBytes(StandardCharsets.UTF_8), "-w", " %{num_connects}\n", "--data-binary", "@-", url, url);

        assertThat(Http.lines(printed)).containsExactly("A 1", "A 0");
    }

    @ParameterizedTest
    @CsvSource({"my-id_1.x:y,true", "'with space',false", "'',false"})
    void theCallIdIsTakenOverIfItIsUsableAndAnsweredAlways(String id, boolean kept) throws Exception {
        var response = Http.send(Http.post("/function/echo", "").header("X-Call-Id", id));

        String answered = response.headers().firstValue("X-Call-Id").orElseThrow();
        assertThat(answered.equals(id)).isEqualTo(kept);
        assertThat(response.headers().firstValue("X-Seen-Call-Id")).hasValue(answered);
    }

    @Test
    void anOpenFaasNamespaceAfterTheNameIsUnderstood() throws Exception {
        assertThat(Http.send(Http.post("/function/shout.openfaas-fn", "a")).body())
                .isEqualTo("A");
    }
}
