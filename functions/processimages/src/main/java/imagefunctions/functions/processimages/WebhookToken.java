package imagefunctions.functions.processimages;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Secrets;
import io.smallrye.config.ConfigMapping;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The token that callers of processimages must send, if one is set: as the whole Authorization header, or after Bearer. */
@Singleton
public final class WebhookToken {
    private static final String BEARER = "Bearer ";

    private final Optional<String> token;

    @ConfigMapping(prefix = "image-functions")
    interface Environment {
        Optional<String> webhookToken();
    }

    WebhookToken(Secrets secrets, Environment environment) {
        this.token = secrets.get("webhook_token", environment.webhookToken());
    }

    /**
     * Checks the caller's token.
     *
     * @throws imagefunctions.runtime.ProblemException (401) if the token is missing or wrong
     */
    public void check(Optional<String> authorization) {
        if (token.isPresent() && !authorization.map(this::matches).orElse(false)) {
            throw new Problem.Unauthorized("Send the token that IMAGE_FUNCTIONS_WEBHOOK_TOKEN sets here as"
                            + " Authorization: Bearer TOKEN; in MinIO, set auth_token.")
                    .asException();
        }
    }

    /** The Authorization header for callers in this process, if one is required. */
    public Optional<String> authorization() {
        return token.map(BEARER::concat);
    }

    private boolean matches(String authorization) {
        String given = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : authorization;
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }
}
