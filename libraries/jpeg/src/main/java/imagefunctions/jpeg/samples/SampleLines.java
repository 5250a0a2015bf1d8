package imagefunctions.jpeg.samples;

/**
 * A plane as lines that are read from the top down: of samples less 128, or of the coefficients of square blocks, those
 * of a block side by side and in as many lines. Samples may be below 0 or above 255.
 */
public interface SampleLines {
    /** In samples. */
    int width();

    /** In samples. */
    int height();

    /** The width without padding, fractional if the last column is only partly covered. */
    float coveredWidth();

    /** The height, likewise. */
    float coveredHeight();

    /**
     * The weights of the lines' values in one direction.
     *
     * @param ofSamples the weights of the samples
     * @param count of these
     */
    Weights weights(Weights ofSamples, int count);

    /** The same lines, for another thread to read. */
    SampleLines another();

    /** Reads as much of a line as there is room for. */
    void read(int y, float[] into);
}
