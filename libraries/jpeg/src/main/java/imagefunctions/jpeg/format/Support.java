package imagefunctions.jpeg.format;

/** Whether the engine takes a file, decided from the header alone. */
public sealed interface Support {
    /** The engine takes it. */
    record Taken() implements Support {}

    /** Another decoder has to, for a reason that reads as the end of "left to the general decoder: ". */
    record Left(String reason) implements Support {}

    /** Blocks that an MCU of all components may have (ITU-T T.81, B.2.3). */
    int MAX_BLOCKS_IN_MCU = 10;

    /** The one place where the choice is made. */
    static Support of(HeaderReader header, Frame frame) {
        if (frame.marker() > Marker.SOF2) {
            return new Left("coding process SOF" + (frame.marker() - Marker.SOF0));
        }
        if (frame.precision() != 8) {
            return new Left(frame.precision() + " bits a sample");
        }
        if (frame.components().size() == 1) {
            return new Taken();
        }
        if (frame.components().size() != 3) {
            return new Left(frame.components().size() + " components");
        }
        boolean namedRgb = frame.components().get(0).id() == 'R'
                && frame.components().get(1).id() == 'G'
                && frame.components().get(2).id() == 'B';
        if (header.adobeTransform() == 0 || header.adobeTransform() > 1 || namedRgb) {
            return new Left("RGB or unknown colours");
        }
        // A file with a scan for each component may have such factors. Results have one scan for all.
        int blocks = frame.components().stream()
                .mapToInt(component -> frame.reducedHorizontal(component) * frame.reducedVertical(component))
                .sum();
        if (blocks > MAX_BLOCKS_IN_MCU) {
            return new Left("sampling factors that make MCUs of " + blocks + " blocks");
        }
        return new Taken();
    }
}
