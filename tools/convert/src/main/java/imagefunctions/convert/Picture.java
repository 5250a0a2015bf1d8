package imagefunctions.convert;

import java.time.Instant;

/**
 * One picture.
 *
 * @param name with slashes between its folders
 * @param version changes with the content
 */
record Picture(String name, String version, long size, Instant lastModified) {

    /** The name for a line of text: an object's may hold line ends, or what moves a terminal's cursor. */
    String shown() {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
