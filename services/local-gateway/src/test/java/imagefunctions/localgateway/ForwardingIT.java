package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import imagefunctions.testservers.ReservedPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of functions that run elsewhere, with real curl and with servers that may do anything. */
@Timeout(60)
final class ForwardingIT {
    private static final String EMPTY = "Content-Length: 0\r\n\r\n";
    /** Many times what the gateway's heap has for bodies. */
    private static final int LARGE = 100_000_000;

    private static final CountDownLatch OVER = new CountDownLatch(1);

    private static final CountDownLatch CALLER_LEFT = new CountDownLatch(1);

    private static RawServer server;
    private static RawServer other;
    private static ReservedPort nobody;
    private static ReservedPort own;
    private static LocalGatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        server = new RawServer();
        other = new RawServer();
        nobody = new ReservedPort();
        own = new ReservedPort();
        scripts();
        String backends = String.join(
                ",",
                "raw=" + server.url("/"),
                "gone=" + nobody.url(),
                "pair=" + nobody.url(),
                "pair=" + server.url("/pair"),
                "busy=" + server.url("/busy"),
                "busy=" + other.url("/free"),
                "both=" + server.url("/busy"),
                "both=" + nobody.url(),
                "loop=" + own.url() + "/function/loop");
        gateway = LocalGatewayProcess.launch(
                        List.of(),
                        List.of("-Xmx64m", "-Duser.language=de"),
                        Map.of(
                                "QUARKUS_HTTP_PORT",
                                own.toString(),
                                "IMAGE_FUNCTIONS_BACKENDS",
                                backends,
                                "exec_timeout",
                                "1s"))
                .listening();
    }

    @AfterAll
    static void stop() throws IOException {
        OVER.countDown();
        gateway.close();
        server.close();
        other.close();
        nobody.close();
        own.close();
    }

    private static void scripts() {
        server.at("/ok", exchange -> exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
                .at("/pair", exchange -> exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
                .at("/busy", exchange -> exchange.send("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy"))
                .at("/mirror", ForwardingIT::mirror)
                .at(
                        "/trailers",
                        exchange -> exchange.send(RawServer.head(
                                        "HTTP/1.1 200 OK",
                                        "Connection: X-Private, close",
                                        "X-Private: hop",
                                        "Keep-Alive: timeout=9",
                                        "Proxy-Authenticate: Basic",
                                        "X-Public: end",
                                        "Access-Control-Allow-Origin: *",
                                        "Content-Security-Policy: default-src *",
                                        "Cross-Origin-Resource-Policy: cross-origin",
                                        "X-Gateway-Node: inner:1",
                                        "Transfer-Encoding: chunked",
                                        "Trailer: X-Sum")
                                + "3\r\nabc\r\n0\r\nX-Sum: 6\r\n\r\n"))
                .at(
                        "/early-hints",
                        exchange -> exchange.send(RawServer.head("HTTP/1.1 103 Early Hints", "Link: </a>")
                                + RawServer.head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok"))
                .at("/until-end", exchange -> exchange.send("HTTP/1.0 200 OK\r\n\r\nall of it"))
                .at("/head", exchange -> exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 4711\r\n\r\n"))
                .at("/no-content", exchange -> exchange.send("HTTP/1.1 204 No Content\r\n\r\n"))
                .at("/not-modified", exchange -> exchange.send("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n"))
                .at(
                        "/not-modified-of-5",
                        exchange -> exchange.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"))
                .at("/refuses-early", exchange -> {
                    exchange.send("HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\n\r\ntoo large");
                    exchange.in().skipNBytes(1000);
                })
                .at("/silent", exchange -> OVER.await())
                .at("/hangs-up", exchange -> {})
                .at("/no-http", exchange -> exchange.send("220 mail.example ESMTP\r\n"))
                .at("/bad-header", exchange -> exchange.send("HTTP/1.1 200 OK\r\nX-Bad: a\u0001\u0000b\r\n" + EMPTY))
                .at("/switches", exchange -> exchange.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"))
                .at("/short-length", exchange -> exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"))
                .at(
                        "/short-chunks",
                        exchange ->
                                exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"))
                .at(
                        "/bad-chunks",
                        exchange -> exchange.send(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nxyz\r\n"))
                .at("/waits", exchange -> {
                    exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");
                    if (exchange.in().read() < 0) {
                        CALLER_LEFT.countDown();
                    }
                });
        other.at("/free", exchange -> exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfree"));
    }

    /** Answers with each part of the body as it comes. */
    private static void mirror(RawServer.Exchange exchange) throws IOException {
        long length = Long.parseLong(exchange.header("Content-Length"));
        exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
        byte[] part = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int read = exchange.in().read(part, 0, (int) Math.min(part.length, left));
            exchange.out().write(part, 0, read);
            left -= read;
        }
    }

    private static String at(String path) throws IOException {
        return gateway.at("/function/" + path).toString();
    }

    private static String async(String path) throws IOException {
        return gateway.at("/async-function/" + path).toString();
    }

    /** A request as it is written here, and everything that comes back until the connection's end. */
    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.at("/").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void bodiesLargerThanTheHeapPassBothWays(@TempDir Path folder) throws Exception {
        Path sent = folder.resolve("sent");
        Path received = folder.resolve("received");
        byte[] some = new byte[LARGE / 100];
        new Random(1).nextBytes(some);
        try (var out = Files.newOutputStream(sent)) {
            for (int i = 0; i < 100; i++) {
                out.write(some);
            }
        }

        Curl curl = Curl.of(
                "-T", sent.toString(), "-X", "POST", "-o", received.toString(), "-w", "%{http_code}", at("raw/mirror"));

        assertThat(curl).isEqualTo(new Curl(0, "200"));
        assertThat(Files.mismatch(sent, received)).isEqualTo(-1);
        assertThat(gateway.log()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void whatIsAboutOneConnectionStaysThere() throws Exception {
        String answer = raw("""
                POST /function/raw/trailers?a=%2F HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                Connection: keep-alive, X-Mine ,x-forwarded-for\r
                X-Mine: hop\r
                X-Forwarded-For: 192.0.2.1\r
                Keep-Alive: timeout=5\r
                Proxy-Authorization: Basic eDp5\r
                Upgrade: websocket\r
                TE: trailers\r
                Trailer: X-Sum\r
                Via: 1.0 before\r
                X-Ours: end\r
                X-Ours: to end\r
                X-Name: Zo\u00c3\u00ab\r
                X-Call-Id: here-1\r
                traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r
                Content-Length: 4\r
                \r
                body""");

        RawServer.Exchange seen = server.asked("/trailers").getLast();
        assertThat(seen.head()).startsWith("POST /trailers?a=%2F HTTP/1.1\r\n");
        assertThat(seen.head().lines().filter(line -> !line.isEmpty()).map(line -> line.replaceFirst("\\d{19}", "NANOS")
                        .replaceFirst("127.0.0.1:\\d+", "ADDRESS")
                        .replaceFirst("(?<=0e4736-)(?!00f067aa0ba902b7)[0-9a-f]{16}", "ANOTHER")))
                .containsExactlyInAnyOrder(
                        "POST /trailers?a=%2F HTTP/1.1",
                        "host: ADDRESS",
                        "Connection: TE",
                        "TE: trailers",
                        "Via: 1.0 before",
                        "Via: 1.1 image-functions",
                        "X-Ours: end",
                        "X-Ours: to end",
                        "X-Name: Zo\u00c3\u00ab",
                        "X-Call-Id: here-1",
                        "X-Start-Time: NANOS",
                        "X-Forwarded-For: 192.0.2.1",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: localhost",
                        "X-Gateway-Hops: 1",
                        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-ANOTHER-01",
                        "Content-Length: 4");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("X-Public: end\r\n", "X-Call-Id: here-1\r\n", "Trailer: X-Sum\r\n")
                .contains("X-Gateway-Node: " + server.name() + ", inner:1\r\n")
                .containsPattern("X-Duration-Seconds: 0\\.\\d{6}\r\n")
                .doesNotContain("X-Private", "Keep-Alive", "Proxy-Authenticate")
                .doesNotContain("Access-Control", "default-src *", "cross-origin")
                .endsWith("\r\n3\r\nabc\r\n0\r\nX-Sum: 6\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | raw/ok            | 200 | 2
            GET  | raw/ok?quality=90 | 200 | 2
            POST | raw.openfaas-fn/ok | 200 | 2
            POST | raw/early-hints   | 200 | 2
            POST | raw/until-end     | 200 | 9
            GET  | raw/no-content    | 204 | 0
            GET  | raw/not-modified  | 304 | 0
            GET  | raw/nothing       | 404 | 0
            POST | pair              | 200 | 2
            """)
    void whatIsAnsweredIsHandedOn(String method, String path, int status, int bytes) throws Exception {
        assertThat(Curl.of(
                        "-X", method, "-d", "body", "-o", "/dev/null", "-w", "%{http_code} %{size_download}", at(path)))
                .isEqualTo(new Curl(0, status + " " + bytes));
    }

    @Test
    void aHeadHasTheLengthOfTheBodyThatItIsWithout() throws Exception {
        assertThat(Curl.of("-I", at("raw/head")).output().toLowerCase(Locale.ROOT))
                .startsWith("http/1.1 200 ok\r\n")
                .contains("content-length: 4711\r\n");
    }

    @Test
    void aCallerOfHttp10GetsABodyWithoutChunks() throws Exception {
        assertThat(raw("GET /function/raw/trailers HTTP/1.0\r\nHost: localhost\r\n\r\n"))
                .doesNotContain("chunked")
                .endsWith("\r\n\r\nabc");
    }

    @Test
    void anAnswerBeforeTheBodysEndArrives() throws Exception {
        String head = RawServer.head(
                "POST /function/raw/refuses-early HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "Content-Length: 2000");

        assertThat(raw(head + "x".repeat(2000))).startsWith("HTTP/1.1 413 ").endsWith("too large");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            raw/silent   | 504 | raw did not finish within 1 s
            raw/hangs-up | 502 | ended the connection without an answer
            raw/no-http  | 502 | without an answer
            raw/bad-header | 502 | header
            raw/switches | 502 | answered 101
            gone         | 502 | cannot be reached
            nosuch       | 404 | both, busy, bw, chaining, draft, gone, loadimages, loop, pair
            """)
    void whatDoesNotAnswerIsAProblem(String path, int status, String detail) throws Exception {
        Curl curl = Curl.of("-d", "body", "-w", "%{http_code} %{content_type}", "-H", "X-Call-Id: p1", at(path));

        assertThat(curl.exit()).isZero();
        assertThat(curl.output())
                .contains(detail, "\"callId\" : \"p1\"")
                .endsWith(status + " application/problem+json");
    }

    /** curl says 18 for a body that is not whole, and 56 for a connection that was reset. */
    @ParameterizedTest
    @ValueSource(strings = {"short-length", "short-chunks", "bad-chunks"})
    void anAnswerThatBreaksOffIsNoWholeOne(String path) throws Exception {
        Curl curl = Curl.of("-d", "body", "-o", "/dev/null", at("raw/" + path));

        assertThat(curl.exit()).as(curl.output()).isIn(18, 56);
    }

    @Test
    void whenTheCallerLeavesTheCallEnds() throws Exception {
        try (Socket caller =
                new Socket(InetAddress.getLoopbackAddress(), gateway.at("/").getPort())) {
            caller.getOutputStream()
                    .write("GET /function/raw/waits HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
            InputStream in = caller.getInputStream();
            assertThat(new String(in.readNBytes(12), ISO_8859_1)).isEqualTo("HTTP/1.1 200");
        }

        await().until(() -> CALLER_LEFT.getCount() == 0);
    }

    @Test
    void aCallThatWasRefusedIsMadeElsewhereIfItHasNoBody() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(Curl.of(at("busy")).output()).isEqualTo("free");
        }
        assertThat(server.asked("/busy")).isNotEmpty();
    }

    @Test
    void aRefusalStandsIfNobodyDoesBetter() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(Curl.of("-w", " %{http_code}", at("both")).output()).isEqualTo("busy 503");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            raw/ok | 4     | 508
            raw/ok | moon  | 400
            raw/ok | 3     | 202
            draft  | 4     | 202
            """)
    void anAsynchronousCallThatHasComeTooFarIsNotAccepted(String path, String hops, int status) throws Exception {
        assertThat(Curl.of(
                        "-d",
                        "body",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "-H",
                        "X-Gateway-Hops: " + hops,
                        async(path)))
                .isEqualTo(new Curl(0, Integer.toString(status)));
    }

    @Test
    void anAsynchronousCallHandsOnAHeaderThatCameTwiceAsOne() throws Exception {
        Curl.of(
                "-d",
                "body",
                "-H",
                "Cookie: a=1",
                "-H",
                "Cookie: b=2",
                "-H",
                "X-Ours: 1",
                "-H",
                "X-Ours: 2",
                async("raw/cookies"));
        await().until(() -> !server.asked("/cookies").isEmpty());

        RawServer.Exchange seen = server.asked("/cookies").getFirst();
        assertThat(seen.header("Cookie")).isEqualTo("a=1; b=2");
        assertThat(seen.header("X-Ours")).isEqualTo("1, 2");
    }

    /** A 304 may say how long the body is that it stands for (RFC 9110, 8.6). */
    @ParameterizedTest
    @CsvSource({"no-content, 204", "not-modified, 304", "not-modified-of-5, 304"})
    void anAsynchronousCallIsAnsweredOnceWithoutABodyThoughOneIsAnnounced(String path, String status) throws Exception {
        int before = server.asked("/" + path).size();
        try (CallbackServer receiver = CallbackServer.start()) {
            Curl.of(
                    "-d",
                    "body",
                    "-H",
                    "X-Call-Id: " + path,
                    "-H",
                    "X-Callback-Url: " + receiver.url("/200"),
                    async("raw/" + path));
            await().until(() -> !receiver.of(path).isEmpty());

            assertThat(receiver.of(path)).singleElement().satisfies(delivery -> {
                assertThat(delivery.header("x-function-status")).isEqualTo(status);
                assertThat(delivery.body()).isEmpty();
            });
            assertThat(server.asked("/" + path)).hasSize(before + 1);
        }
    }

    @Test
    void theBodyOfAnAsynchronousCallIsClosedThoughItsServerDoesNotReadIt(@TempDir Path folder) throws Exception {
        Path sent = Files.write(folder.resolve("sent"), new byte[8 << 20]);
        int before = server.asked("/hangs-up").size();
        Curl.of("--data-binary", "@" + sent, "-H", "X-Call-Id: unread", async("raw/hangs-up"));
        await().until(() -> server.asked("/hangs-up").size() >= before + 2);

        await().untilAsserted(() -> assertThat(openFiles()).noneMatch(file -> file.contains("unread.call")));
        Curl.of("-X", "DELETE", async("unread"));
    }

    private static List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + gateway.pid() + "/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    // It is not open.
                }
            }
        }
        return open;
    }

    @Test
    void aGatewayThatLeadsBackToItselfEndsTheCall() throws Exception {
        assertThat(Curl.of("-d", "body", at("loop")).output())
                .contains("\"status\" : 508", "has come through 4 gateways");
    }
}
