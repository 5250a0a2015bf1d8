package imagefunctions.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.HttpUrl;

/**
 * The HTTP proxies that {@code http_proxy}, {@code https_proxy} and {@code no_proxy} name, read as OpenFaaS' own
 * programs read them (Go's {@code net/http}): never for this machine itself.
 */
public final class Proxies {
    /** @param credentials the value of {@code Proxy-Authorization}, if the URL had some */
    record Server(String host, int port, Optional<String> credentials) {
        Proxy proxy() {
            return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        }
    }

    private final Optional<Server> forHttp;
    private final Optional<Server> forHttps;
    private final List<NoProxy> direct;

    /** Every URL is called directly. */
    static Proxies none() {
        return of(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Proxies(Optional<Server> forHttp, Optional<Server> forHttps, List<NoProxy> direct) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.direct = direct;
    }

    /**
     * Reads the values of the variables, of which each may be missing.
     *
     * @throws IllegalArgumentException naming the variable that has no such value
     */
    public static Proxies of(Optional<String> http, Optional<String> https, Optional<String> no) {
        List<NoProxy> direct = Arrays.stream(no.orElse("").split(",", -1))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .map(NoProxy::parse)
                .toList();
        return new Proxies(server("http_proxy", http), server("https_proxy", https), direct);
    }

    private static Optional<Server> server(String name, Optional<String> given) {
        if (given.isEmpty() || given.get().isBlank()) {
            return Optional.empty();
        }
        String value = given.get().strip();
        HttpUrl url = HttpUrl.parse(value.contains("://") ? value : "http://" + value);
        if (url == null || url.isHttps()) {
            throw new IllegalArgumentException(name + " is no URL of an HTTP proxy: write http://HOST:PORT");
        }
        Optional<String> credentials = url.username().isEmpty()
                ? Optional.empty()
                : Optional.of(Credentials.basic(url.username(), url.password()));
        return Optional.of(new Server(url.host(), url.port(), credentials));
    }

    /** The proxy by which a URL is called, if any. */
    Optional<Server> server(HttpUrl url) {
        if (isLoopback(url.host()) || direct.stream().anyMatch(entry -> entry.covers(url.host(), url.port()))) {
            return Optional.empty();
        }
        return url.isHttps() ? forHttps : forHttp;
    }

    /** Whether this is where a proxy listens. */
    boolean contains(String host, int port) {
        return Stream.of(forHttp, forHttps)
                .flatMap(Optional::stream)
                .anyMatch(server -> server.port() == port && server.host().equalsIgnoreCase(host));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || NoProxy.literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
