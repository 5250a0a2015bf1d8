package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.testservers.ApplicationProcess;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servers underneath would answer by themselves, in no words and without a call id. */
final class MalformedRequestIT {
    private static final String HOST = "\r\nHost: localhost";
    private static final String REST = HOST + "\r\nX-Call-Id: mine\r\n\r\n";

    private static final String[] SAFETY_HEADERS = {
        "X-Content-Type-Options: nosniff",
        "Cross-Origin-Resource-Policy: same-origin",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'"
    };

    private static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("GET /function/bw?width=%zz HTTP/1.1" + REST, 400, "percent-encode"),
                Arguments.of("GET /function/bw?x={a} HTTP/1.1" + REST, 400, "percent-encode"),
                Arguments.of("GET /function/bw?x[]=1|2 HTTP/1.1" + REST, 400, "percent-encode"),
                Arguments.of("GET /function/%zz HTTP/1.1" + REST, 400, "percent-encode"),
                Arguments.of("GET /function/caf\u00e9 HTTP/1.1" + REST, 400, "percent-encode"),
                Arguments.of("OPTIONS * HTTP/1.1" + REST, 400, "starts with a slash"),
                Arguments.of("GET /function/bw HTTP/1.1\r\nHost: a\"b\r\nX-Call-Id: mine\r\n\r\n", 400, "Host"),
                Arguments.of("GET /function/bw HTTP/1.1\r\nHost: a" + REST, 400, "2 Host headers"),
                Arguments.of("GET /function/bw HTTP/1.1\r\nX-Call-Id: mine\r\n\r\n", 400, "no Host header"),
                Arguments.of("GET urn:x HTTP/1.1" + REST, 400, "starts with a slash"),
                Arguments.of("PRI * HTTP/2.0\r\nX-Call-Id: mine\r\n\r\nSM\r\n\r\n", 400, "by HTTP/1.1"),
                Arguments.of("GET /function/bw HTTP/1.1\r\nX-Other: caf\u00e9" + REST, 400, "are not UTF-8"),
                Arguments.of("GET /function/bw HTTP/1.1\r\nX-Other: a\r\n b" + REST, 400, "begins with a blank"),
                Arguments.of("GET /function/bw HTTP/1.1\r\n X-Other: a" + REST, 400, "begins with a blank"),
                Arguments.of(" GET /function/bw HTTP/1.1" + REST, 400, "begins with a blank"),
                Arguments.of("GET /function/bw HTTP/1.1\r\n: b" + REST, 400, "without a name"),
                Arguments.of("GET /function/bw HTTP/1.1\r\nX-Other : b" + REST, 400, "check the request line"),
                Arguments.of("GET /function/bw HTTP/1.1\r\nX-Other: a\rb" + REST, 400, "check the request line"),
                Arguments.of("GET /function/bw http/1.1" + REST, 400, "does not end in a version"),
                Arguments.of("GET /function/bw HTTP/1.15" + REST, 400, "does not end in a version"),
                Arguments.of("GET /function/bw ICAP/1.0" + REST, 400, "does not end in a version"),
                Arguments.of("GET /function/bw x HTTP/1.1" + REST, 400, "does not end in a version"),
                Arguments.of("GET /function/bw" + REST, 400, "does not end in a version"),
                Arguments.of("GET /function/bw HTTP/3.0" + REST, 400, "by HTTP/1.1"),
                Arguments.of("FOO / HTTP/1.1" + REST, 501, "FOO is no method"),
                Arguments.of("TRACE / HTTP/1.1" + REST, 501, "TRACE is no method"),
                Arguments.of("CONNECT localhost:80 HTTP/1.1" + REST, 501, "CONNECT is no method"),
                Arguments.of("get / HTTP/1.1" + REST, 501, "get is no method"),
                Arguments.of("GET /" + "a".repeat(20_000) + " HTTP/1.1" + REST, 414, "too long"),
                Arguments.of("GET / HTTP/1.1\r\nX-Other: " + "a".repeat(200_000) + REST, 431, "too large"),
                Arguments.of("POST / HTTP/1.1\r\nContent-Length: -1" + REST, 400, "Content-Length"),
                Arguments.of(
                        "POST /function/bw HTTP/1.1\r\nTransfer-Encoding: chunked" + REST + "zz\r\n",
                        400,
                        "Transfer-Encoding"));
    }

    private static @Nullable LocalGatewayProcess gateway;
    private static @Nullable ReceiverProcess receiver;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        gateway = LocalGatewayProcess.start(Map.of("IMAGE_FUNCTIONS_ALLOWED_ORIGINS", "http://allowed.test"));
        receiver = ReceiverProcess.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(gateway).close();
        Objects.requireNonNull(receiver).close();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAProblemWithACallId(String request, int status, String hint) throws Exception {
        assertThat(answer(gateway, request))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"callId\"", "\"status\" : " + status, hint)
                .contains(SAFETY_HEADERS);
        assertThat(answer(receiver, request.replace("/function/", "/messages/")))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("application/problem+json", "\"callId\"", "\"status\" : " + status, hint)
                .contains(SAFETY_HEADERS);
    }

    @Test
    void theCallersIdIsTheAnswersWhereTheHeadCouldBeRead() throws Exception {
        assertThat(answer(gateway, "GET /function/bw?width=%zz HTTP/1.1" + REST))
                .contains("\"callId\" : \"mine\"");
    }

    @Test
    void aPageThatMayReadAnswersMayReadThisOne() throws Exception {
        String request = "GET /function/bw?width=%zz HTTP/1.1\r\nOrigin: http://allowed.test" + REST;
        assertThat(answer(gateway, request))
                .contains("Access-Control-Allow-Origin: http://allowed.test", "Access-Control-Expose-Headers: ");
        assertThat(answer(gateway, request.replace("allowed", "another"))).doesNotContain("Access-Control-");
    }

    @Test
    void theHostOfAWholeUrlCounts() throws Exception {
        String close = "HTTP/1.1\r\nConnection: close\r\nX-Call-Id: mine\r\nHost: ";
        assertThat(answer(gateway, "GET http://another.test/function/bw " + close + "localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("IMAGE_FUNCTIONS_ALLOWED_HOSTS");
        assertThat(answer(gateway, "GET http://localhost/function/bw?width=1 " + close + "another.test\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(answer(gateway, "GET http://localhost?width=1 " + close + "another.test\r\n\r\n"))
                .startsWith("HTTP/1.1 302 ");
        assertThat(answer(gateway, "GET http://me@localhost/ " + close + "localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /", "DELETE /ui/", "PUT /ui/index.html"})
    void aPageIsOnlyRead(String request) throws Exception {
        assertThat(answer(gateway, request + " HTTP/1.1\r\nConnection: close" + REST))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD", "functions are called at /function/NAME");
    }

    @Test
    void requestsBeforeItAreAnsweredFirst() throws Exception {
        assertThat(answer(gateway, "GET /function/bw HTTP/1.1" + REST + "GET /?%zz HTTP/1.1" + REST))
                .containsSubsequence("200 OK", "Makes a picture grey", "HTTP/1.1 400 ");
    }

    @Test
    void headersInUtf8AreTexts() throws Exception {
        String name = new String("caf\u00e9".getBytes(UTF_8), ISO_8859_1);
        String answer = answer(
                receiver,
                "POST /messages/utf8 HTTP/1.1\r\nX-Function-Name: " + name
                        + "\r\nConnection: close\r\nContent-Length: 1" + REST + "x");

        assertThat(answer).startsWith("HTTP/1.1 201").contains("\"" + name + "\"");
    }

    @Test
    void slashesThatAreDoubledAreOneAndTheFolderOfThePageIsFound() throws Exception {
        String close = " HTTP/1.1\r\nConnection: close" + REST;
        assertThat(answer(gateway, "GET //function/bw" + close)).startsWith("HTTP/1.1 200");
        assertThat(answer(gateway, "GET /function//bw" + close)).startsWith("HTTP/1.1 200");
        for (String path : List.of("/", "/ui", "//ui")) {
            assertThat(answer(gateway, "GET " + path + close))
                    .startsWith("HTTP/1.1 302")
                    .contains("Location: ui/");
        }
        assertThat(answer(gateway, "GET //" + close)).startsWith("HTTP/1.1 400").contains("is no path");
    }

    @ParameterizedTest
    @CsvSource({"Content-Type: multipart/form-data; boundary=x, in place of -F", "Content-Encoding: gzip, is compressed"
    })
    void whatIsWrappedAroundAPictureIsNamed(String header, String hint) throws Exception {
        assertThat(answer(
                        gateway,
                        "POST /function/bw HTTP/1.1\r\n" + header + "\r\nConnection: close\r\nContent-Length: 1" + REST
                                + "x"))
                .startsWith("HTTP/1.1 415")
                .contains(hint, "--data-binary");
    }

    /** All that comes until the other side ends the connection. */
    private static String answer(@Nullable ApplicationProcess process, String request) throws Exception {
        URI uri = Objects.requireNonNull(process).at("/");
        try (Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
