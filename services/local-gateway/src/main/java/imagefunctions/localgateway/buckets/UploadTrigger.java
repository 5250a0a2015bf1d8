package imagefunctions.localgateway.buckets;

import imagefunctions.asynccalls.Header;
import imagefunctions.functions.processimages.WebhookToken;
import imagefunctions.localgateway.async.AsyncSubmission;
import imagefunctions.reasons.Reason;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectEvent;
import imagefunctions.storage.ObjectEvents;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes an asynchronous call of processimages from every upload into the bucket for incoming pictures. */
@Singleton
final class UploadTrigger {
    static final String FUNCTION = "processimages";

    private static final Logger LOG = Logger.getLogger(UploadTrigger.class);

    private final AsyncSubmission calls;
    private final Buckets buckets;
    private final WebhookToken token;

    UploadTrigger(AsyncSubmission calls, Buckets buckets, WebhookToken token) {
        this.calls = calls;
        this.buckets = buckets;
        this.token = token;
    }

    /** Returns when the call is safe on disk; what cannot be kept is left to the next reconcile. */
    void accept(ObjectEvent event) {
        if (!event.created() || !event.bucket().equals(buckets.incoming())) {
            return;
        }
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", "application/json"));
        token.authorization().ifPresent(shown -> headers.add(new Header("Authorization", shown)));
        try {
            calls.submit(FUNCTION, headers, ObjectEvents.write(event));
        } catch (IOException e) {
            LOG.warnf(
                    "The event of %s/%s cannot be kept, reconcile will find it: %s",
                    event.bucket(), event.key(), Reason.of(e));
        }
    }
}
