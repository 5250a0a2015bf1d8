package imagefunctions.runtime.http;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What answers tell browsers, whoever writes them: that no page may use them, or which one may. */
@Singleton
final class BrowserHeaders {
    private static final Map<String, String> SAFETY = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private final AllowedOrigins origins;
    private volatile boolean guarded;

    BrowserHeaders(AllowedOrigins origins) {
        this.origins = origins;
    }

    /** From now on, all answers are guarded. */
    void guard() {
        guarded = true;
    }

    /** Puts the headers on an answer of which no route knows yet what it will be. */
    void safety(BiConsumer<String, String> answer) {
        if (guarded) {
            SAFETY.forEach(answer);
        }
    }

    /** Puts all headers on an answer that no route sees. */
    void all(@Nullable String origin, BiConsumer<String, String> answer) {
        safety(answer);
        origins.permit(origin, answer);
    }
}
