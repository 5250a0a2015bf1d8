package imagefunctions.localgateway;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Secrets;
import imagefunctions.runtime.TrueOrFalse;
import imagefunctions.runtime.http.Answers;
import imagefunctions.runtime.http.BodyReader;
import imagefunctions.runtime.http.Problems;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMapping.NamingStrategy;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a user and a password (RFC 7617) at {@code /system} and {@code /ui}, and where calls are cancelled, if {@code
 * basic_auth} is true; as OpenFaaS' gateway does, whose functions are open, too.
 */
@Singleton
final class BasicAuth {
    private static final String SCHEME = "Basic ";
    private static final int BEFORE_ALL_ROUTES = -1000;

    private final Answers answers;
    private final BodyReader bodies;
    private final Problems problems;
    private final Optional<byte[]> credentials;

    @ConfigMapping(prefix = "", namingStrategy = NamingStrategy.SNAKE_CASE)
    interface Environment {
        /** Whether to ask for the secrets basic-auth-user and basic-auth-password. */
        @WithDefault("false")
        @WithConverter(TrueOrFalse.class)
        boolean basicAuth();
    }

    BasicAuth(Environment environment, Secrets secrets, Answers answers, BodyReader bodies, Problems problems) {
        this.answers = answers;
        this.bodies = bodies;
        this.problems = problems;
        this.credentials = environment.basicAuth() ? Optional.of(credentials(secrets)) : Optional.empty();
    }

    private static byte[] credentials(Secrets secrets) {
        return (secret(secrets, "basic-auth-user") + ":" + secret(secrets, "basic-auth-password"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String secret(Secrets secrets, String name) {
        return secrets.get(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("basic_auth is true, and there is no secret " + name
                        + ": write it to a file of this name in a folder that secret_mount_path names."));
    }

    boolean isOn() {
        return credentials.isPresent();
    }

    void routes(@Observes Router router) {
        if (isOn()) {
            router.route("/system/*").order(BEFORE_ALL_ROUTES).handler(this::check);
            router.route("/ui*").order(BEFORE_ALL_ROUTES).handler(this::check);
            router.route(HttpMethod.DELETE, "/async-function/*")
                    .order(BEFORE_ALL_ROUTES)
                    .handler(this::check);
        }
    }

    private void check(RoutingContext context) {
        if (isRight(context.request().getHeader("Authorization"))) {
            context.next();
            return;
        }
        Problem problem = new Problem.Unauthorized("Send the user and the password of this gateway: with faas-cli by"
                + " faas-cli login, with curl by -u USER:PASSWORD.");
        bodies.skip(context);
        answers.send(
                context,
                problems.answer(problem, answers.identify(context))
                        .with("WWW-Authenticate", "Basic realm=\"Restricted\", charset=\"UTF-8\""));
    }

    private boolean isRight(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        decoded(authorization.substring(SCHEME.length()).strip()), credentials.orElseThrow());
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
