package imagefunctions.functions.processimages;

import imagefunctions.functions.processimages.rules.Route;
import imagefunctions.functions.processimages.rules.Rule;
import imagefunctions.runtime.PercentEncoding;
import imagefunctions.storage.ObjectInfo;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which picture a result was made from, and by which rule, as its metadata say it where there is a file of rules.
 *
 * @param bucket of the picture
 * @param key of the picture
 */
record Origin(String rule, String bucket, String key) {
    private static final String RULE = "rule";
    private static final String BUCKET = "source-bucket";
    private static final String KEY = "source-key";

    static Origin of(Item item) {
        return new Origin(
                item.order().rule().name(), item.order().route().from().bucket(), item.key());
    }

    /** Nothing if the metadata do not say it, or not as this program writes it. */
    static Optional<Origin> of(ObjectInfo result) {
        Map<String, String> metadata = result.metadata();
        if (!metadata.containsKey(RULE) || !metadata.containsKey(BUCKET) || !metadata.containsKey(KEY)) {
            return Optional.empty();
        }
        try {
            String key = URLDecoder.decode(metadata.get(KEY), StandardCharsets.UTF_8);
            return Optional.of(new Origin(metadata.get(RULE), metadata.get(BUCKET), key));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    /** The metadata of a result of an item, made from content with this ETag. */
    static Map<String, String> metadata(Item item, String etag) {
        Rule rule = item.order().rule();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ObjectInfo.SOURCE_ETAG, etag);
        metadata.put(ObjectInfo.FUNCTION, rule.target().toString());
        if (!rule.isBuiltIn()) {
            metadata.put(RULE, rule.name());
            metadata.put(BUCKET, item.order().route().from().bucket());
            metadata.put(KEY, PercentEncoding.of(item.key()));
        }
        return metadata;
    }

    /** Whether this route makes a result from it in that place. */
    boolean leadsTo(Route route, String resultBucket, String resultKey) {
        return route.from().bucket().equals(bucket)
                && route.from().takes(key)
                && route.to().equals(resultBucket)
                && route.key().of(key).equals(resultKey);
    }
}
