package imagefunctions.jpeg.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A frame header (ITU-T T.81, B.2.2).
 *
 * @param marker SOF0 to SOF15, except DHT, JPG and DAC, or SOF55
 * @param precision bits a sample
 * @param widthInMcus of an interleaved scan
 * @param heightInMcus of an interleaved scan
 */
public record Frame(
        int marker,
        int precision,
        int width,
        int height,
        int maxHorizontal,
        int maxVertical,
        int widthInMcus,
        int heightInMcus,
        List<Component> components) {
    public static final int MAX_COMPONENTS = 4;
    private static final int MAX_FACTOR = 4;
    private static final int MAX_TABLES = 4;

    public boolean progressive() {
        return marker == Marker.SOF2;
    }

    /** The component's horizontal sampling factor after all have been divided by their common divisor. */
    public int reducedHorizontal(Component component) {
        return component.horizontal() / commonDivisor(Component::horizontal);
    }

    /** The component's vertical sampling factor, likewise. */
    public int reducedVertical(Component component) {
        return component.vertical() / commonDivisor(Component::vertical);
    }

    private int commonDivisor(ToIntFunction<Component> factor) {
        return components.stream().mapToInt(factor).reduce(0, Frame::commonDivisor);
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /** Whether luma is not subsampled, which is nearly always so. */
    public boolean wholeLuma() {
        Component luma = components.getFirst();
        return components.size() == 1 || (luma.horizontal() == maxHorizontal && luma.vertical() == maxVertical);
    }

    /** Reads a frame header as tolerantly as libjpeg does: sizes, factors and component counts need not be valid. */
    static Frame read(byte[] file, Segment segment) {
        int at = segment.offset();
        int count = segment.length() < 6 ? 0 : Bytes.u8(file, at + 5);
        if (segment.length() != 6 + 3 * count) {
            throw broken();
        }
        int maxHorizontal = 1;
        int maxVertical = 1;
        for (int c = 0; c < count; c++) {
            int factors = Bytes.u8(file, at + 7 + 3 * c);
            if (factors >> 4 == 0 || (factors & 15) == 0) {
                throw broken();
            }
            maxHorizontal = Math.max(maxHorizontal, factors >> 4);
            maxVertical = Math.max(maxVertical, factors & 15);
        }
        int width = Bytes.u16(file, at + 3);
        int height = Bytes.u16(file, at + 1);
        int widthInMcus = Math.ceilDiv(width, 8 * maxHorizontal);
        int heightInMcus = Math.ceilDiv(height, 8 * maxVertical);
        List<Component> components = new ArrayList<>(count);
        for (int c = 0; c < count; c++) {
            int horizontal = Bytes.u8(file, at + 7 + 3 * c) >> 4;
            int vertical = Bytes.u8(file, at + 7 + 3 * c) & 15;
            int samplesAcross = Math.ceilDiv(width * horizontal, maxHorizontal);
            int samplesDown = Math.ceilDiv(height * vertical, maxVertical);
            components.add(new Component(
                    Bytes.u8(file, at + 6 + 3 * c),
                    horizontal,
                    vertical,
                    Bytes.u8(file, at + 8 + 3 * c),
                    samplesAcross,
                    samplesDown,
                    (float) width * horizontal / maxHorizontal,
                    (float) height * vertical / maxVertical,
                    Math.ceilDiv(samplesAcross, 8),
                    Math.ceilDiv(samplesDown, 8),
                    widthInMcus * horizontal,
                    heightInMcus * vertical));
        }
        return new Frame(
                segment.marker(),
                Bytes.u8(file, at),
                width,
                height,
                maxHorizontal,
                maxVertical,
                widthInMcus,
                heightInMcus,
                List.copyOf(components));
    }

    private static DamagedJpegException broken() {
        return new DamagedJpegException("The JPEG file's frame header is broken.");
    }

    /** Rejects what B.2.2 forbids. */
    void check() {
        if (width == 0 || height == 0) {
            throw new DamagedJpegException("The frame declares " + width + " x " + height + " pixels.");
        }
        if (components.isEmpty() || components.size() > MAX_COMPONENTS) {
            throw new DamagedJpegException("The frame declares " + components.size() + " components.");
        }
        for (Component component : components) {
            int horizontal = component.horizontal();
            int vertical = component.vertical();
            if (Math.max(horizontal, vertical) > MAX_FACTOR || component.quantisation() >= MAX_TABLES) {
                throw new DamagedJpegException("Component " + component.id() + " has sampling factors " + horizontal
                        + " x " + vertical + " and the quantisation table " + component.quantisation() + ".");
            }
        }
    }
}
