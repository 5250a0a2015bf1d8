package imagefunctions.webp.lossless;

/** Undoes a transform of a picture (RFC 9649, section 3.5), row after row. */
interface Inverse {
    /**
     * Changes the next row in place.
     *
     * @param y its number; rows come in order
     * @param argb at least as long as the picture is wide
     */
    void undo(int y, int[] argb);

    /** The sum of each of the four components. */
    static int sum(int one, int other) {
        int alphaAndGreen = (one & 0xFF00FF00) + (other & 0xFF00FF00);
        int redAndBlue = (one & 0x00FF00FF) + (other & 0x00FF00FF);
        return (alphaAndGreen & 0xFF00FF00) | (redAndBlue & 0x00FF00FF);
    }
}
