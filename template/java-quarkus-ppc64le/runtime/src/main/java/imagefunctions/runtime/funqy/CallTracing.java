package imagefunctions.runtime.funqy;

import imagefunctions.runtime.Call;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Who follows calls by their traces: nobody, unless an application has a bean that does. */
@FunctionalInterface
public interface CallTracing {
    /** Begins to follow a call. */
    Followed follow(Call call);

    /** A call that is followed. */
    interface Followed {
        /** The call as the function gets it, with the headers that calls of its own are to carry. */
        Call call();

        /** To be called once, with the status of its answer. */
        void ended(int status);
    }

    /** The default. */
    @Singleton
    final class Nobody {
        private record Unfollowed(Call call) implements Followed {
            @Override
            public void ended(int status) {}
        }

        @Produces
        @DefaultBean
        @Singleton
        CallTracing nobody() {
            return Unfollowed::new;
        }
    }
}
