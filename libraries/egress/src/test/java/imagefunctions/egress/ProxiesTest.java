package imagefunctions.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxiesTest {
    private static final EgressTimeouts SHORT =
            new EgressTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
    }

    private String at(String credentials) {
        return "http://" + credentials + "127.0.0.1:" + proxy.getAddress().getPort();
    }

    private static int status(GuardedClient client, String url) throws IOException {
        try (Response response =
                client.send(new Request.Builder().url(client.check(url)).build())) {
            return response.code();
        }
    }

    private static Proxies proxies(Map<String, String> environment) {
        return Proxies.of(
                Optional.ofNullable(environment.get("http_proxy")),
                Optional.ofNullable(environment.get("https_proxy")),
                Optional.ofNullable(environment.get("no_proxy")));
    }

    private static GuardedClient by(Map<String, String> environment) {
        Dns dns = host -> {
            if (host.matches("0.*|.*localhost.?")) {
                throw new UnknownHostException(host);
            }
            return (switch (host) {
                        case "photos.test" -> Stream.of("8.8.8.8");
                        case "mixed.test" -> Stream.of("8.8.8.8", "169.254.169.254");
                        default -> Stream.of("10.0.0.1");
                    })
                    .map(InetAddress::ofLiteral)
                    .toList();
        };
        return new GuardedClient(EgressPolicy.allowing(""), SHORT, proxies(environment), dns);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "me:p%40ss@"})
    void aPublicUrlIsCalledByTheProxy(String credentials) throws Exception {
        assertThat(status(by(Map.of("http_proxy", at(credentials))), "http://photos.test/a.jpg#top"))
                .isEqualTo(204);

        assertThat(asked)
                .containsExactly("http://photos.test/a.jpg " + (credentials.isEmpty() ? "null" : "Basic bWU6cEBzcw=="));
    }

    @Test
    void aProxyThatWantsOtherCredentialsIsNamed() {
        proxy.removeContext("/");
        proxy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(407, -1);
            exchange.close();
        });

        assertThatThrownBy(() -> status(by(Map.of("http_proxy", at(""))), "http://photos.test/"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(RefusedUrlException.class)
                .hasMessageContaining("http_proxy");
    }

    @Test
    void anHttpsUrlGoesThroughATunnelThatAloneCarriesTheCredentials() throws Exception {
        try (ServerSocket tunnel = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> head = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try (Socket client = tunnel.accept()) {
                    StringBuilder read = new StringBuilder();
                    while (read.indexOf("\r\n\r\n") < 0) {
                        read.append((char) client.getInputStream().read());
                    }
                    client.getOutputStream().write("HTTP/1.1 502 Bad Gateway\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    head.complete(read.toString());
                } catch (IOException e) {
                    head.completeExceptionally(e);
                }
            });
            GuardedClient client = by(Map.of("https_proxy", "http://me:secret@127.0.0.1:" + tunnel.getLocalPort()));

            assertThatThrownBy(() -> status(client, "https://photos.test/a.jpg"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("502");
            assertThat(head.get(5, TimeUnit.SECONDS))
                    .startsWith("CONNECT photos.test:443 HTTP/1.1\r\n")
                    .contains("Proxy-Authorization: Basic bWU6c2VjcmV0\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://inside.example/",
                "http://mixed.test/",
                "http://[fd00::1]/",
                "http://169.254.169.254/",
                "http://0xa9fea9fe/",
                "http://0xa9.254.169.254/",
                "http://0177.0.0.1/",
                "http://127.0.0.1./",
                "http://localhost./",
                "http://here.localhost/"
            })
    void addressesInsideStayRefused(String url) {
        GuardedClient client = by(Map.of("http_proxy", at("")));

        assertThatThrownBy(() -> client.check(url)).isInstanceOf(RefusedUrlException.class);
        assertThatThrownBy(() ->
                        client.send(new Request.Builder().url(HttpUrl.get(url)).build()))
                .isInstanceOf(RefusedUrlException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void theProxyItselfIsNoTarget() {
        assertThatThrownBy(() -> by(Map.of("http_proxy", at(""))).check(at("") + "/"))
                .isInstanceOf(RefusedUrlException.class)
                .hasMessageContaining("proxy itself");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*, http://photos.test/, true",
        "photos.test, http://photos.test/, true",
        "photos.test, http://a.photos.test/, true",
        "PHOTOS.test, http://a.photos.test/, true",
        "photos.test, http://myphotos.test/, false",
        ".photos.test, http://photos.test/, false",
        ".photos.test, http://a.photos.test/, true",
        "*.photos.test, http://photos.test/, false",
        "*.photos.test, http://a.photos.test/, true",
        "photos.test:8080, http://photos.test:8080/, true",
        "photos.test:8080, http://photos.test/, false",
        "203.0.113.7, http://203.0.113.7/, true",
        "203.0.113.7:81, http://203.0.113.7/, false",
        "203.0.113.7:81, http://203.0.113.7:81/, true",
        "203.0.112.0/22, http://203.0.113.7/, true",
        "203.0.112.0/24, http://203.0.113.7/, false",
        "2001:db8::/32, http://[2001:db8::7]/, true",
        "[2001:db8::7]:81, http://[2001:db8::7]:81/, true",
        "2001:db8::7, http://[2001:db8::7]/, true",
        "' other.test , photos.test', http://photos.test/, true",
        "'', http://localhost/, true",
        "'', http://127.3.2.1/, true",
        "'', http://[::1]/, true",
        "'', http://photos.test/, false"
    })
    void whatNoProxyNamesIsCalledDirectly(String noProxy, String url, boolean direct) {
        Proxies proxies = proxies(Map.of("http_proxy", "proxy.test:3128", "no_proxy", noProxy));

        assertThat(proxies.server(HttpUrl.get(url)).isEmpty()).isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({
        "http_proxy, https://proxy.test, http_proxy is no URL",
        "https_proxy, socks5://proxy.test, https_proxy is no URL",
        "http_proxy, http://:3128, http_proxy is no URL",
        "no_proxy, 10.0.0.0/99, 10.0.0.0/99",
        "no_proxy, photos.test:web, photos.test:web",
        "no_proxy, photos.test other.test, photos.test other.test",
        "no_proxy, '[::1', '[::1'",
        "no_proxy, http:10.0.0.1, http:10.0.0.1",
        "no_proxy, *photos.test, *photos.test"
    })
    void whatIsInvalidIsNamed(String variable, String value, String named) {
        assertThatThrownBy(() -> proxies(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
