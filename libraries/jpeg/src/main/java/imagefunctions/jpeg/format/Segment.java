package imagefunctions.jpeg.format;

/**
 * Where a marker segment lies in its file: ICC profiles, EXIF, comments.
 *
 * @param marker the byte after 0xFF, such as 0xE1 for APP1
 * @param offset of the first payload byte, after the length
 * @param length of the payload in bytes
 */
public record Segment(int marker, int offset, int length) {}
