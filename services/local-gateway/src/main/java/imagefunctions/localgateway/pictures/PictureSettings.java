package imagefunctions.localgateway.pictures;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Which pictures are answered by GET, from the environment. */
@ConfigMapping(prefix = "image-functions")
interface PictureSettings {
    /** The buckets whose objects anybody may ask for. */
    Optional<List<String>> getBuckets();

    /** The functions that may be asked for: those that only make a picture. */
    @WithDefault("draft,bw,thumbnail,transpose,chaining")
    List<String> getFunctions();

    /** What the answers say about how long they may be kept. */
    @WithDefault("public, max-age=3600")
    String getCacheControl();
}
