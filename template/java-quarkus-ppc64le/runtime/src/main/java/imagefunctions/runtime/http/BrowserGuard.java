package imagefunctions.runtime.http;

import imagefunctions.runtime.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites' pages, in a browser that can reach this service, from using it. A container's function has none: it
 * may be there for such pages, and what is before it knows its name.
 */
@Singleton
public final class BrowserGuard {
    private static final int BEFORE_ALL = 1000;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

    private final BodyReader bodies;
    private final BrowserHeaders answerHeaders;
    private final AllowedOrigins origins;
    private final boolean anyHost;
    private final Set<String> hosts = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));

    BrowserGuard(
            BodyReader bodies,
            BrowserHeaders answerHeaders,
            AllowedOrigins origins,
            OwnAddress address,
            Environment environment) {
        this.bodies = bodies;
        this.answerHeaders = answerHeaders;
        this.origins = origins;
        this.anyHost = !address.isLoopback();
        this.hosts.add(lower(address.listening()));
        environment.allowedHosts().orElse(List.of()).forEach(host -> hosts.add(lower(host)));
    }

    /** Has every request looked at before anything else sees it. */
    public void watch(Filters filters) {
        answerHeaders.guard();
        filters.register(this::check, BEFORE_ALL);
    }

    private void check(RoutingContext context) {
        answerHeaders.safety(context.response()::putHeader);
        HttpServerRequest request = context.request();
        Optional<Problem> refusal = refusal(request.method().name(), request::getHeader);
        if (refusal.isPresent()) {
            bodies.refuse(context, refusal.get());
        } else {
            context.next();
        }
    }

    /**
     * Says why a request is refused, if it is.
     *
     * @param headers gives the header of a name, or null
     */
    public Optional<Problem> refusal(String method, UnaryOperator<@Nullable String> headers) {
        if (!anyHost && !isOwnName(headers.apply("Host"))) {
            return Optional.of(new Problem.Misdirected("This process is called " + String.join(", ", hosts)
                    + " here: use one of these names, or add yours to" + " IMAGE_FUNCTIONS_ALLOWED_HOSTS."));
        }
        if (!READING.contains(method) && isForeign(headers)) {
            return Optional.of(new Problem.Forbidden("A page of another site sent this: if it may, add its origin to"
                    + " IMAGE_FUNCTIONS_ALLOWED_ORIGINS."));
        }
        return Optional.empty();
    }

    /** A site can have its own name lead here, and then browsers take us for it; HTTP/1.0, which none speaks, has no name. */
    private boolean isOwnName(@Nullable String host) {
        return host == null || hosts.contains(lower(host.replaceFirst(":\\d*$", "")));
    }

    /** Programs send neither header; browsers that do not know the first send the second. */
    private boolean isForeign(UnaryOperator<@Nullable String> headers) {
        String origin = headers.apply("Origin");
        if (origins.allows(origin)) {
            return false;
        }
        String site = headers.apply("Sec-Fetch-Site");
        return site == null ? origin != null && !isOwn(origin, headers) : !OWN_PAGES.contains(site);
    }

    private static boolean isOwn(String origin, UnaryOperator<@Nullable String> headers) {
        String authority = lower(origin.replaceFirst("^https?://", ""));
        return authority.equals(lower(headers.apply("Host")))
                || authority.equals(lower(headers.apply("X-Forwarded-Host")));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        /** Names beside the usual ones under which a service that listens on loopback answers. */
        Optional<List<String>> allowedHosts();
    }
}
