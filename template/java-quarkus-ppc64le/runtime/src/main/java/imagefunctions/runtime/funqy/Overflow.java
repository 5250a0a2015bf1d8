package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.FunctionPath;
import io.quarkus.arc.DefaultBean;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Who may have the calls for which this process has no room: nobody, unless an application has a bean that says so. */
public interface Overflow {
    /**
     * Offers a call whose body is there; to be called on the request's event loop.
     *
     * @param declined to be run on the same event loop if nobody takes the call
     */
    void offer(RoutingContext context, Call call, Runnable declined);

    /** The same with a call of whose body nothing was read: the request is paused. */
    void offerUnread(RoutingContext context, FunctionPath target, Runnable declined);

    /** The default. */
    @Singleton
    final class Nobody {
        @Produces
        @DefaultBean
        @Singleton
        Overflow nobody() {
            return new Overflow() {
                @Override
                public void offer(RoutingContext context, Call call, Runnable declined) {
                    declined.run();
                }

                @Override
                public void offerUnread(RoutingContext context, FunctionPath target, Runnable declined) {
                    declined.run();
                }
            };
        }
    }
}
