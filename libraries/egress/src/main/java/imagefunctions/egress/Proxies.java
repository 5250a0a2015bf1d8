package imagefunctions.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Credentials;
import okhttp3.HttpUrl;

/**
 * The HTTP proxies that {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} name, read as OpenFaaS' own
 * programs read them (Go's {@code net/http}): in capitals or not, and never for this machine itself.
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
        return of(Map.of());
    }

    private Proxies(Optional<Server> forHttp, Optional<Server> forHttps, List<NoProxy> direct) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.direct = direct;
    }

    /**
     * Reads the variables.
     *
     * @throws IllegalArgumentException naming the variable that has no such value
     */
    public static Proxies of(Map<String, String> environment) {
        List<NoProxy> direct = Arrays.stream(value(environment, "NO_PROXY").split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .map(NoProxy::parse)
                .toList();
        return new Proxies(server(environment, "HTTP_PROXY"), server(environment, "HTTPS_PROXY"), direct);
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank()
                ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip()
                : value.strip();
    }

    private static Optional<Server> server(Map<String, String> environment, String name) {
        String value = value(environment, name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
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
