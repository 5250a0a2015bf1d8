package imagefunctions.jpeg.samples;

/** Lines of samples that are read from the top down, and may be below 0 or above 255. */
public interface SampleLines {
    int width();

    int height();

    /** The width without padding, fractional if the last column is only partly covered. */
    float coveredWidth();

    /** The height, likewise. */
    float coveredHeight();

    /** The samples of a line, which must not be changed; there may be padding after them. */
    float[] line(int y);
}
