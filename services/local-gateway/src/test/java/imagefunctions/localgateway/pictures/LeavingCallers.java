package imagefunctions.localgateway.pictures;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/** Hands a request with this header on only once its caller has left. */
@Singleton
final class LeavingCallers {
    static final String HEADER = "X-Leaves";
    static final Semaphore HANDED_ON = new Semaphore(0);

    private static final int BEFORE_PICTURES = -1000;

    void routes(@Observes Router router) {
        router.get("/function/*").order(BEFORE_PICTURES).handler(LeavingCallers::hold);
        router.get("/system/objects").order(BEFORE_PICTURES).handler(LeavingCallers::hold);
    }

    private static void hold(RoutingContext context) {
        if (!context.request().headers().contains(HEADER)) {
            context.next();
            return;
        }
        context.addEndHandler(left -> {
            context.next();
            HANDED_ON.release();
        });
    }
}
