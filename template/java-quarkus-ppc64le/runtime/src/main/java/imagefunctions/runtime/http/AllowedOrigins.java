package imagefunctions.runtime.http;

import imagefunctions.runtime.CallId;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sites whose pages may call this process and read its answers ({@code IMAGE_FUNCTIONS_ALLOWED_ORIGINS}). */
@Singleton
public final class AllowedOrigins {
    private static final int BEFORE_ROUTES = 500;
    private static final int PREFLIGHT_KEPT_SECONDS = 600;
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@]+");

    private static final Set<String> EXPOSED =
            Set.of(CallId.HEADER, "X-Duration-Seconds", "X-Frames", "Location", "Retry-After");

    private final List<String> origins;
    private final CorsHandler preflights;

    AllowedOrigins(Environment environment) {
        this.origins = environment.allowedOrigins().orElse(List.of());
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("IMAGE_FUNCTIONS_ALLOWED_ORIGINS has \"" + origin
                        + "\": write origins as https://photos.example.com, separated by commas.");
            }
        }
        this.preflights = CorsHandler.create()
                .addOrigins(origins)
                .allowedMethods(
                        Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                .maxAgeSeconds(PREFLIGHT_KEPT_SECONDS);
    }

    void filter(@Observes Filters filters) {
        if (!origins.isEmpty()) {
            filters.register(this::answer, BEFORE_ROUTES);
        }
    }

    /** Others get no permission, and no other answer than without this. */
    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader("Origin");
        boolean isPreflight = request.method().equals(HttpMethod.OPTIONS)
                && request.getHeader("Access-Control-Request-Method") != null;
        if (isPreflight && allows(origin)) {
            preflights.handle(context);
        } else {
            permit(origin, context.response()::putHeader);
            context.next();
        }
    }

    /** Puts on an answer that a page of this origin may read it, if it may. */
    void permit(@Nullable String origin, BiConsumer<String, String> answer) {
        if (origin != null && allows(origin)) {
            answer.accept("Access-Control-Allow-Origin", origin);
            answer.accept("Access-Control-Expose-Headers", String.join(",", EXPOSED));
            answer.accept("Vary", "Origin");
        }
    }

    boolean allows(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        /** Origins as browsers send them. */
        Optional<List<String>> allowedOrigins();
    }
}
