package imagefunctions.localgateway.buckets;

import imagefunctions.asynccalls.Header;
import imagefunctions.functions.processimages.ProcessImages;
import imagefunctions.functions.processimages.WebhookToken;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.localgateway.async.AsyncSubmission;
import imagefunctions.reasons.Reason;
import imagefunctions.storage.ObjectEvent;
import imagefunctions.storage.ObjectEvents;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes an asynchronous call of processimages from every upload that a rule takes. */
@Singleton
final class UploadTrigger {
    private static final Logger LOG = Logger.getLogger(UploadTrigger.class);

    private final AsyncSubmission calls;
    private final Rules rules;
    private final WebhookToken token;

    UploadTrigger(AsyncSubmission calls, Rules rules, WebhookToken token) {
        this.calls = calls;
        this.rules = rules;
        this.token = token;
    }

    /** Returns when the call is safe on disk; what cannot be kept is left to the next reconcile. */
    void accept(ObjectEvent event) {
        if (!event.created() || !rules.take(event.bucket(), event.key())) {
            return;
        }
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", "application/json"));
        token.authorization().ifPresent(shown -> headers.add(new Header("Authorization", shown)));
        try {
            calls.submit(ProcessImages.NAME, headers, ObjectEvents.write(event));
        } catch (IOException e) {
            LOG.warnf(
                    "The event of %s/%s cannot be kept, reconcile will find it: %s",
                    event.bucket(), event.key(), Reason.of(e));
        }
    }
}
