package imagefunctions.storage;

import java.time.Instant;
import java.util.Map;

/**
 * What a store says about one object.
 *
 * @param etag without quotes
 * @param lastModified to the second
 * @param metadata the user's own, names in lower case
 */
public record ObjectInfo(
        String name, String etag, long size, String contentType, Instant lastModified, Map<String, String> metadata) {
    /** The ETag of the object that this one was made from, without quotes. */
    public static final String SOURCE_ETAG = "source-etag";

    /** The function that made it. */
    public static final String FUNCTION = "function";

    public ObjectInfo {
        metadata = Map.copyOf(metadata);
    }
}
