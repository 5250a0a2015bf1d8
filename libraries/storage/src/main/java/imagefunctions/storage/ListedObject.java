package imagefunctions.storage;

import java.time.Instant;

/** One line of a bucket's listing; the ETag is without quotes. */
public record ListedObject(String name, String etag, long size, Instant lastModified) {}
