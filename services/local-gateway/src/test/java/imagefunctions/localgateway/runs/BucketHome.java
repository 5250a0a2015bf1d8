package imagefunctions.localgateway.runs;

import imagefunctions.storage.ObjectStore;
import imagefunctions.storage.ObjectStoreSettings;
import imagefunctions.workflowruns.BucketRuns;
import imagefunctions.workflowruns.RunLimits;
import imagefunctions.workflowruns.RunStore;
import imagefunctions.workflowruns.Runs;
import java.net.URI;
import java.time.Duration;

/** A bucket as the home of durable runs. */
final class BucketHome {
    static final String SECRET = "tester-secret";

    private BucketHome() {}

    static Runs runs(RunStore store) {
        return new Runs(store, new RunLimits(1 << 20, 1000, Duration.ofDays(1), Duration.ofMillis(500)));
    }

    static BucketRuns bucket(URI endpoint, String name) {
        ObjectStore store = new ObjectStore(new ObjectStoreSettings(
                endpoint, "us-east-1", "tester", SECRET, Duration.ofSeconds(5), Duration.ofSeconds(30)));
        return new BucketRuns(() -> store, name);
    }
}
