package imagefunctions.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedClientTest {
    private static final EgressTimeouts SHORT =
            new EgressTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

    /** Listens on every address of this machine: whoever gets past the guard arrives here. */
    private HttpServer inside;

    private final AtomicInteger arrivals = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        inside = HttpServer.create(new InetSocketAddress("::", 0), 0);
        inside.createContext("/", exchange -> {
            arrivals.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        inside.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port() + "/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        inside.start();
    }

    @AfterEach
    void stop() {
        inside.stop(0);
    }

    private int port() {
        return inside.getAddress().getPort();
    }

    private static int status(GuardedClient client, HttpUrl url) throws IOException {
        try (Response response = client.send(new Request.Builder().url(url).build())) {
            return response.code();
        }
    }

    private static Dns dns(List<String> first, List<String> later) {
        AtomicInteger lookUps = new AtomicInteger();
        return host -> (lookUps.getAndIncrement() == 0 ? first : later)
                .stream().map(InetAddress::ofLiteral).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, HTTP/1.0 200 OK",
        "POST, HTTP/1.0 200 OK",
        "GET, HTTP/1.1 200 OK",
        "POST, HTTP/1.1 200 OK",
    })
    void aServerMayCloseItsConnectionsWithoutSayingSo(String method, String statusLine) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerOnceAConnection(server, statusLine));
            GuardedClient client = new GuardedClient(EgressPolicy.local(), SHORT);
            Request request = new Request.Builder()
                    .url("http://127.0.0.1:" + server.getLocalPort() + "/")
                    .method(method, method.equals("GET") ? null : RequestBody.EMPTY)
                    .build();

            for (int i = 0; i < 3; i++) {
                try (Response response = client.send(request)) {
                    assertThat(response.body().string()).isEqualTo("answer");
                }
            }
        }
    }

    private static void answerOnceAConnection(ServerSocket server, String statusLine) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    BufferedReader head = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                    while (!head.readLine().isEmpty()) {}
                    socket.getOutputStream()
                            .write((statusLine + "\r\nContent-Length: 6\r\n\r\nanswer").getBytes(US_ASCII));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.0.0.2, true",
        "127.1, true",
        "localhost, true",
        "LOCALHOST, true",
        "2130706433, true",
        "017700000001, false",
        "0x7f000001, false",
        "0x7f.1, false",
        "0177.0.0.1, false",
        "%31%32%37.0.0.1, true",
        "１２７.0.0.1, true",
        "[::1], true",
        "[0:0:0:0:0:0:0:1], true",
        "[::ffff:127.0.0.1], true",
        "[::ffff:7f00:1], true",
        "[64:ff9b::7f00:1], false",
        "[2002:7f00:1::], false",
        "[::127.0.0.1], false"
    })
    void loopbackIsRefusedInEveryNotation(String host, boolean reachedInLocalMode) throws Exception {
        String url = "http://" + host + ":" + port() + "/";
        GuardedClient guarded = new GuardedClient(EgressPolicy.allowing(""), SHORT);
        if (reachedInLocalMode) {
            GuardedClient local = new GuardedClient(EgressPolicy.local(), SHORT);
            assertThat(status(local, local.check(url))).isEqualTo(204);
            assertThatThrownBy(() -> guarded.check(url)).isInstanceOf(RefusedUrlException.class);
        }
        int before = arrivals.get();

        assertThatThrownBy(() -> status(guarded, HttpUrl.get(url))).isInstanceOf(IOException.class);
        assertThat(arrivals).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0",
                "[::]",
                "169.254.169.254",
                "2852039166",
                "[::ffff:169.254.169.254]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "224.0.0.1",
                "255.255.255.255",
                "[ff02::1]"
            })
    void unspecifiedMetadataAndMulticastAddressesAreRefusedInLocalModeToo(String host) {
        GuardedClient local = new GuardedClient(EgressPolicy.local(), SHORT);
        String url = "http://" + host + ":" + port() + "/";

        assertThatThrownBy(() -> local.check(url))
                .isInstanceOf(RefusedUrlException.class)
                .hasMessageContaining("may not be called");
        assertThatThrownBy(() -> status(local, HttpUrl.get(url))).isInstanceOf(RefusedUrlException.class);
        assertThat(arrivals).hasValue(0);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:70/",
                "jar:http://example.org/a.jar!/",
                "example.org/path",
                "//example.org/",
                "http://",
                "http://user@127.0.0.1/",
                "http://user:secret@127.0.0.1/",
                "http://127.0.0.1:99999/",
                "http://[fe80::1%25eth0]/"
            })
    void whatIsNoPlainHttpUrlIsRefused(String url) {
        assertThatThrownBy(() -> new GuardedClient(EgressPolicy.local(), SHORT).check(url))
                .isInstanceOf(RefusedUrlException.class);
    }

    @Test
    void aUrlOfMoreThan2048CharactersIsRefused() {
        assertThatThrownBy(() ->
                        new GuardedClient(EgressPolicy.local(), SHORT).check("http://127.0.0.1/" + "x".repeat(2048)))
                .isInstanceOf(RefusedUrlException.class)
                .hasMessageContaining("2048");
    }

    @Test
    void credentialsAreRefusedAtTheCallTooSinceARedirectMayBringThem() {
        GuardedClient local = new GuardedClient(EgressPolicy.local(), SHORT);

        assertThatThrownBy(() -> status(local, HttpUrl.get("http://user@127.0.0.1:" + port() + "/")))
                .isInstanceOf(RefusedUrlException.class);
        assertThat(arrivals).hasValue(0);
    }

    @Test
    void aRedirectIsAnAnswerAndItsTargetIsGuardedLikeAnyUrl() throws Exception {
        GuardedClient guarded = new GuardedClient(EgressPolicy.allowing("127.0.0.2"), SHORT);
        HttpUrl start = guarded.check("http://127.0.0.2:" + port() + "/redirect");

        try (Response response = guarded.send(new Request.Builder().url(start).build())) {
            assertThat(response.code()).isEqualTo(302);
            HttpUrl target = start.resolve(response.header("Location", ""));
            assertThatThrownBy(() -> status(guarded, target)).isInstanceOf(RefusedUrlException.class);
        }
        assertThat(arrivals).hasValue(0);
    }

    @Test
    void aNameThatChangesItsAddressAfterTheCheckIsRefusedAtTheConnection() throws Exception {
        GuardedClient guarded = new GuardedClient(
                EgressPolicy.allowing(""), SHORT, Proxies.none(), dns(List.of("8.8.8.8"), List.of("127.0.0.1")));
        HttpUrl url = guarded.check("http://rebinding.test:" + port() + "/");

        assertThatThrownBy(() -> status(guarded, url)).isInstanceOf(RefusedUrlException.class);
        assertThat(arrivals).hasValue(0);
    }

    @Test
    void ofSeveralAddressesOnlyAllowedOnesAreTried() throws Exception {
        List<String> both = List.of("169.254.169.254", "127.0.0.2");
        GuardedClient guarded =
                new GuardedClient(EgressPolicy.allowing("127.0.0.2"), SHORT, Proxies.none(), dns(both, both));

        assertThat(status(guarded, guarded.check("http://mixed.test:" + port() + "/")))
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"169.254.169.254, 127.0.0.2", "127.0.0.2, 169.254.169.254"})
    void aHostIsNotRefusedIfItsAllowedAddressDoesNotAnswer(String first, String second) throws Exception {
        List<String> both = List.of(first, second);
        GuardedClient guarded =
                new GuardedClient(EgressPolicy.allowing("127.0.0.2"), SHORT, Proxies.none(), dns(both, both));
        HttpUrl url = guarded.check("http://mixed.test:" + port() + "/");
        stop();

        assertThatThrownBy(() -> status(guarded, url)).isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "120, 120",
        "999999999, 999999999",
        "2147483648, 999999999",
        "99999999999, 999999999",
        "99999999999999999999, 999999999",
        "soon, soon"
    })
    void anAnswerMayAskForAnyWait(String asked, String passedOn) throws Exception {
        inside.createContext("/later", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", asked);
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        GuardedClient local = new GuardedClient(EgressPolicy.local(), SHORT);

        try (Response response = local.send(new Request.Builder()
                .url("http://127.0.0.1:" + port() + "/later")
                .build())) {
            assertThat(response.code()).isEqualTo(503);
            assertThat(response.headers("Retry-After")).containsExactly(passedOn);
        }
    }

    @Test
    void aHostThatCannotBeLookedUpNowMayBeThereLater() throws Exception {
        assertThat(new GuardedClient(EgressPolicy.allowing(""), SHORT)
                        .check("http://receiver.invalid/messages/a.jpg")
                        .host())
                .isEqualTo("receiver.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.0/8",
                " 10.0.0.0/8 , 127.0.0.1/32",
                "localhost",
                "LocalHost",
                "::1,127.0.0.1"
            })
    void theAllowListOpensPrivateAddressesByAddressNetworkOrName(String allowed) throws Exception {
        GuardedClient client = new GuardedClient(EgressPolicy.allowing(allowed), SHORT);

        assertThat(status(client, client.check("http://localhost:" + port() + "/")))
                .isEqualTo(204);
    }

    @Test
    void anAllowedNameOpensNeitherItsNeighboursNorMetadata() {
        List<String> metadata = List.of("169.254.169.254");
        GuardedClient client =
                new GuardedClient(EgressPolicy.allowing("friend.test"), SHORT, Proxies.none(), dns(metadata, metadata));

        assertThatThrownBy(() -> client.check("http://friend.test/")).isInstanceOf(RefusedUrlException.class);
        assertThatThrownBy(() -> status(client, HttpUrl.get("http://127.0.0.1:" + port() + "/")))
                .isInstanceOf(RefusedUrlException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::1/129", "a b", "http://x", "10.0.0.0/-1", "10.0.0.0/x", "1.2.3.4.5"})
    void anAllowListEntryThatIsNothingOfTheKindIsNamed(String entry) {
        assertThatThrownBy(() -> EgressPolicy.allowing("localhost," + entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + entry + "\"");
    }
}
