package imagefunctions.localgateway.buckets;

import imagefunctions.functions.processimages.ProcessImages;
import imagefunctions.functions.processimages.WebhookToken;
import imagefunctions.runtime.FunctionPath;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.http.BodyReader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Refuses asynchronous calls of processimages without the token before they are kept, if one is set. */
@Singleton
final class WebhookGuard {
    private static final String PREFIX = "/async-function/";
    private static final int BEFORE_ALL_ROUTES = -100;

    private final WebhookToken token;
    private final BodyReader bodies;

    WebhookGuard(WebhookToken token, BodyReader bodies) {
        this.token = token;
        this.bodies = bodies;
    }

    void route(@Observes Router router) {
        router.post(PREFIX + "*").order(BEFORE_ALL_ROUTES).handler(this::check);
    }

    private void check(RoutingContext context) {
        FunctionPath target = FunctionPath.below(PREFIX, context.normalizedPath());
        try {
            if (target.name().equals(ProcessImages.NAME)) {
                token.check(Optional.ofNullable(context.request().getHeader("Authorization")));
            }
            context.next();
        } catch (ProblemException refused) {
            bodies.refuse(context, refused.problem());
        }
    }
}
