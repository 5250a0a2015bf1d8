package imagefunctions.jpeg.format;

/** Whether {@code JpegEngine} supports a file, which its header decides: for edits, or for decoding it to pixels. */
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

    /** Decides for edits in the DCT domain. */
    static Support of(JpegHeader header) {
        Frame frame = header.frame();
        if (decodable(header) instanceof Unsupported unsupported) {
            return unsupported;
        }
        return switch (header.colourModel()) {
            case GREY -> new Supported();
            case YCBCR -> sampling(frame);
            case RGB -> new Unsupported("RGB");
            case CMYK, YCCK, UNKNOWN -> new Unsupported(frame.components().size() + " components");
        };
    }

    /** Decides for decoding. */
    static Support decodable(JpegHeader header) {
        Frame frame = header.frame();
        if (header.hierarchical()) {
            return new Unsupported("hierarchical coding");
        }
        return switch (frame.marker()) {
            case Marker.SOF0, Marker.SOF1, Marker.SOF2 -> {
                if (frame.precision() != 8) {
                    yield new Unsupported(frame.precision() + " bits a sample");
                }
                yield header.colourModel() == ColourModel.UNKNOWN
                        ? new Unsupported(frame.components().size() + " components")
                        : new Supported();
            }
            case Marker.SOF3, Marker.SOF11 -> new Unsupported("lossless coding");
            case Marker.SOF9, Marker.SOF10 -> new Unsupported("arithmetic coding");
            case Marker.SOF55 -> new Unsupported("JPEG-LS coding");
            default -> new Unsupported("hierarchical coding");
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
