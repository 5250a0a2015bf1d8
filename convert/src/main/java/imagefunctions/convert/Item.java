package imagefunctions.convert;

import java.time.Instant;

/**
 * One picture.
 *
 * @param name with slashes between its folders
 * @param version changes with the content
 */
record Item(String name, String version, long size, Instant lastModified) {}
