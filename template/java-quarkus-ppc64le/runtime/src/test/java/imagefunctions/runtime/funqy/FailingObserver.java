package imagefunctions.runtime.funqy;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Fails at calls of this id. */
@Singleton
final class FailingObserver {
    static final String CALL = "observer-fails";

    void answered(@Observes AnsweredCall call) {
        if (call.callId().equals(CALL)) {
            throw new IllegalStateException("a secret of the observer");
        }
    }
}
