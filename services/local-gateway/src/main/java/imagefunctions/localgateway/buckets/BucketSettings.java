package imagefunctions.localgateway.buckets;

import imagefunctions.runtime.TrueOrFalse;
import imagefunctions.storage.StoreDefaults;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The gateway's own settings of buckets, from the environment. */
@ConfigMapping(prefix = "image-functions")
interface BucketSettings {
    /** Whether there are buckets at all. */
    @WithDefault("true")
    @WithConverter(TrueOrFalse.class)
    boolean buckets();

    /** Where the embedded store keeps its objects and its access key. */
    @WithDefault(StoreDefaults.FOLDER)
    Path s3Folder();

    /** The port of the embedded store; 0 for any free one. */
    @WithDefault("" + StoreDefaults.PORT)
    int s3Port();

    /** The time between two reconciles. */
    @WithDefault("5m")
    Duration reconcileEvery();
}
