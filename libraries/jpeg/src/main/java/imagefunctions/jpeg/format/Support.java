package imagefunctions.jpeg.format;

/** Whether {@code JpegEngine} supports a file, which its header decides. */
public sealed interface Support {

    record Supported() implements Support {}

    /**
     * The engine does not support the file.
     *
     * @param reason such as "12 bits a sample"
     */
    record Unsupported(String reason) implements Support {}

    /** The most blocks that an interleaved MCU may have (ITU-T T.81, B.2.3). */
    int MAX_BLOCKS_IN_MCU = 10;

    /** Decides. */
    static Support of(JpegHeader header) {
        Frame frame = header.frame();
        if (frame.marker() > Marker.SOF2) {
            return new Unsupported("coding process SOF" + (frame.marker() - Marker.SOF0));
        }
        if (frame.precision() != 8) {
            return new Unsupported(frame.precision() + " bits a sample");
        }
        return switch (header.colourModel()) {
            case GREY -> new Supported();
            case YCBCR -> sampling(frame);
            case RGB -> new Unsupported("RGB");
            case CMYK, YCCK, UNKNOWN -> new Unsupported(frame.components().size() + " components");
        };
    }

    private static Support sampling(Frame frame) {
        // A file with one scan per component may have such factors, but results are interleaved.
        int blocks = frame.components().stream()
                .mapToInt(component -> frame.reducedHorizontal(component) * frame.reducedVertical(component))
                .sum();
        return blocks > MAX_BLOCKS_IN_MCU
                ? new Unsupported("sampling factors that make MCUs of " + blocks + " blocks")
                : new Supported();
    }
}
