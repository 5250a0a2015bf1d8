package imagefunctions.egress;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** Calls URLs that a user gave: http and https, without credentials, to addresses that the policy allows. */
public final class GuardedClient {
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*[.])?([0-9]+|0x[0-9a-f]*)[.]?");
    /** Loopback, whatever a name server says (RFC 6761, 6.3). */
    private static final Pattern LOCALHOST = Pattern.compile("(.*[.])?localhost[.]?");

    /** Seconds that OkHttp, which reads them as an int, cannot read. */
    private static final Pattern TOO_MANY_SECONDS = Pattern.compile("\\d{10,}");

    private static final String MOST_SECONDS = "999999999";

    private static final int MAX_URL_CHARS = 2048;

    private final EgressPolicy policy;
    private final Proxies proxies;
    private final Dns dns;
    private final Duration callTimeout;
    private final OkHttpClient http;

    public GuardedClient(EgressPolicy policy, EgressTimeouts timeouts) {
        this(policy, timeouts, Proxies.none());
    }

    public GuardedClient(EgressPolicy policy, EgressTimeouts timeouts, Proxies proxies) {
        this(policy, timeouts, proxies, Dns.SYSTEM);
    }

    GuardedClient(EgressPolicy policy, EgressTimeouts timeouts, Proxies proxies, Dns dns) {
        this.policy = policy;
        this.proxies = proxies;
        this.dns = dns;
        this.callTimeout = timeouts.call();
        this.http = new OkHttpClient.Builder()
                .socketFactory(new GuardedSocketFactory(policy, proxies))
                .dns(dns)
                .proxySelector(new ProxyChoice(proxies))
                .proxyAuthenticator(this::authenticateTunnel)
                // Whoever calls counts the attempts, and repeats them if that may help.
                .retryOnConnectionFailure(false)
                // None is kept: a server may close it without a word, and a request on it would fail.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .addNetworkInterceptor(this::refuseProxy)
                .addNetworkInterceptor(GuardedClient::shortenWait)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.read())
                .writeTimeout(timeouts.read())
                .build();
    }

    /**
     * Reads a URL and checks what can be checked already: its form, and where its host leads now. A host that
     * cannot be looked up now is accepted, since it may be up by the time of the call.
     *
     * @throws RefusedUrlException if it is no http or https URL, carries credentials or leads to a refused address
     */
    public HttpUrl check(@Nullable String text) throws RefusedUrlException {
        HttpUrl url = text == null || text.length() > MAX_URL_CHARS ? null : HttpUrl.parse(text);
        if (url == null) {
            throw new RefusedUrlException("Give a URL that starts with http:// or https:// and has at most "
                    + MAX_URL_CHARS + " characters.");
        }
        checkForm(url);
        checkAddress(url);
        return url;
    }

    private void checkAddress(HttpUrl url) throws RefusedUrlException {
        List<InetAddress> addresses = lookUp(url.host());
        Predicate<InetAddress> allowed = address -> policy.allows(url.host(), address);
        // A proxy takes any of them, and may read numbers in its own way; a direct connection is only made to one that
        // is allowed.
        boolean mayBeCalled = proxies.server(url).isPresent()
                ? !isOddNumber(url.host()) && addresses.stream().allMatch(allowed)
                : addresses.isEmpty() || addresses.stream().anyMatch(allowed);
        if (!mayBeCalled) {
            throw new RefusedUrlException("The host " + url.host()
                    + " is at an address that may not be called from here: give one that is publicly reachable, or have"
                    + " the operator allow it.");
        }
    }

    /** Whether a host can only be an IPv4 address, but is not written as one (URL standard, 3.5): {@code 0x7f.1}. */
    private static boolean isOddNumber(String host) {
        return ENDS_IN_A_NUMBER.matcher(host).matches()
                && NoProxy.literal(host)
                        .filter(address -> address.getHostAddress().equals(host))
                        .isEmpty();
    }

    private List<InetAddress> lookUp(String host) {
        if (LOCALHOST.matcher(host).matches()) {
            return List.of(InetAddress.getLoopbackAddress());
        }
        try {
            return dns.lookup(host);
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /**
     * Sends the request and returns any response, even a redirect: follow that, if at all, by a request of its own.
     * The caller closes the response.
     *
     * @throws RefusedUrlException if the URL or every address behind it is refused, and nothing was sent; or if a proxy
     *     answers there, which asks for credentials (407)
     * @throws IOException if there was no answer
     */
    public Response send(Request request) throws IOException {
        return send(request, callTimeout);
    }

    /**
     * The same within another time.
     *
     * @param timeout for everything, from the look-up to the answer's last byte, more than zero
     */
    public Response send(Request request, Duration timeout) throws IOException {
        HttpUrl url = request.url();
        checkForm(url);
        Optional<Proxies.Server> proxy = proxies.server(url);
        if (proxy.isPresent()) {
            // It connects where no guard of ours sees the address.
            checkAddress(url);
        }
        // What is behind # is for whoever shows the answer.
        Request sent = request.newBuilder()
                .url(url.newBuilder().fragment(null).build())
                .build();
        try {
            Call call = http.newCall(url.isHttps() ? sent : authenticated(sent, proxy));
            call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return call.execute();
        } catch (RefusedUrlException e) {
            throw failureOfAllowedAddress(e).orElse(e);
        }
    }

    /** Why the host was not reached where it may be called; OkHttp throws what failed first, with the rest suppressed. */
    private static Optional<IOException> failureOfAllowedAddress(RefusedUrlException refused) {
        return Stream.of(refused.getSuppressed())
                .filter(other -> !(other instanceof RefusedUrlException))
                .filter(IOException.class::isInstance)
                .map(IOException.class::cast)
                .findFirst();
    }

    private static Request authenticated(Request request, Optional<Proxies.Server> proxy) {
        return proxy.flatMap(Proxies.Server::credentials)
                .map(credentials -> request.newBuilder()
                        .header("Proxy-Authorization", credentials)
                        .build())
                .orElse(request);
    }

    /** For https, where the request for the tunnel alone carries the proxy's credentials. */
    private @Nullable Request authenticateTunnel(@Nullable Route route, Response response) {
        Request tunnel = response.request();
        Request authenticated = authenticated(tunnel, proxies.server(tunnel.url()));
        return tunnel.header("Proxy-Authorization") == null && authenticated != tunnel ? authenticated : null;
    }

    /** OkHttp would call a 407 a broken connection, whoever it comes from. */
    private Response refuseProxy(Interceptor.Chain chain) throws IOException {
        HttpUrl url = chain.request().url();
        Response response = chain.proceed(chain.request());
        if (response.code() != HttpURLConnection.HTTP_PROXY_AUTH) {
            return response;
        }
        response.close();
        if (proxies.server(url).isPresent()) {
            throw new IOException("The proxy asks for credentials: name the right ones in http_proxy.");
        }
        throw new RefusedUrlException(
                url.host() + " answered 407: it is a proxy that asks for credentials, give the URL of a server.");
    }

    private static Response shortenWait(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String asked = response.header("Retry-After", "");
        return TOO_MANY_SECONDS.matcher(asked).matches()
                ? response.newBuilder().header("Retry-After", MOST_SECONDS).build()
                : response;
    }

    private void checkForm(HttpUrl url) throws RefusedUrlException {
        if (proxies.contains(url.host(), url.port())) {
            throw new RefusedUrlException("The URL is that of the proxy itself: give another.");
        }
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw new RefusedUrlException("Leave user name and password out of the URL: they would be stored.");
        }
    }
}
