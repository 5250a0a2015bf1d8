package imagefunctions.functions.processimages;

import imagefunctions.bucketfunction.Secrets;
import imagefunctions.runtime.Problem;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The token that callers of processimages must show, if one is set: the whole Authorization header, or after Bearer. */
@Singleton
public final class WebhookToken {
    private static final String BEARER = "Bearer ";

    private final Optional<String> token;

    WebhookToken(Secrets secrets, @ConfigProperty(name = "image-functions.webhook-token") Optional<String> setting) {
        this.token = secrets.get("webhook_token", setting);
    }

    /**
     * Lets the caller pass, or throws.
     *
     * @throws imagefunctions.runtime.ProblemException (401) if the token is missing or another one
     */
    public void check(Optional<String> authorization) {
        if (token.isPresent() && !authorization.map(this::matches).orElse(false)) {
            throw new Problem.Unauthorized("Show the token that IMAGE_FUNCTIONS_WEBHOOK_TOKEN sets here:"
                            + " Authorization: Bearer TOKEN, at MinIO auth_token.")
                    .asException();
        }
    }

    /** What a caller within the process sends as its Authorization header, if it needs one. */
    public Optional<String> authorization() {
        return token.map(BEARER::concat);
    }

    private boolean matches(String authorization) {
        String shown = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : authorization;
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }
}
