package imagefunctions.localgateway.buckets;

import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.JsonReply;
import imagefunctions.runtime.http.Answers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;

/** Answers {@code GET /system/buckets}: whether buckets are on, and their store's address or the reason why not. */
@Singleton
final class BucketStatus {
    private final Answers answers;
    private final ObjectMapper json;
    private volatile Map<String, String> status = Map.of("state", "starting");

    BucketStatus(Answers answers, ObjectMapper json) {
        this.answers = answers;
        this.json = json;
    }

    void on(URI endpoint) {
        status = Map.of("state", "on", "endpoint", endpoint.toString());
    }

    void off(String reason) {
        status = Map.of("state", "off", "reason", reason);
    }

    void route(@Observes Router router) {
        router.get("/system/buckets").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        answers.identify(context);
        answers.send(context, JsonReply.of(json, 200, status));
    }
}
