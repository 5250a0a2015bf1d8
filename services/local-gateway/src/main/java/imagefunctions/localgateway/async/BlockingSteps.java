package imagefunctions.localgateway.async;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/**
 * Runs what one request does off the event loop, one step after the other. Requests do not wait for each other, as they would
 * with Vert.x' own order: so their fsyncs meet, and one serves several.
 */
final class BlockingSteps {
    private final Vertx vertx;
    private Future<?> last = Future.succeededFuture();

    BlockingSteps(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Runs this when the steps before have ended, well or not; to be called on the request's event loop. */
    <T> Future<T> then(Callable<T> work) {
        Future<T> step = last.transform(ended -> vertx.executeBlocking(work, false));
        last = step;
        return step;
    }
}
