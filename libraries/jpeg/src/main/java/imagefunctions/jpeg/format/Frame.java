package imagefunctions.jpeg.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A picture's size, coding process and components (ITU-T T.81, B.2.2).
 *
 * @param marker SOF0 to SOF15 without DHT, JPG and DAC
 * @param precision bits a sample
 * @param widthInMcus minimum coded units of an interleaved scan across
 * @param heightInMcus the same down
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

    public boolean progressive() {
        return marker == Marker.SOF2;
    }

    /** The component's sampling factor across, with those of all components as small as their ratios allow. */
    public int reducedHorizontal(Component component) {
        return component.horizontal() / commonDivisor(Component::horizontal);
    }

    /** The same down. */
    public int reducedVertical(Component component) {
        return component.vertical() / commonDivisor(Component::vertical);
    }

    private int commonDivisor(ToIntFunction<Component> factor) {
        return components.stream().mapToInt(factor).reduce(0, Frame::commonDivisor);
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /** Whether luma has a sample for each pixel, as it nearly always has. */
    public boolean wholeLuma() {
        Component luma = components.getFirst();
        return components.size() == 1 || (luma.horizontal() == maxHorizontal && luma.vertical() == maxVertical);
    }

    /** Reads the payload of a frame header that has been found to lie within the file. */
    static Frame parse(int marker, byte[] bytes, Segment at, JpegLimits limits) {
        int p = at.offset();
        if (at.length() < 6) {
            throw new DamagedJpegException("The frame header is cut short.");
        }
        int height = Bytes.u16(bytes, p + 1);
        int width = Bytes.u16(bytes, p + 3);
        int count = Bytes.u8(bytes, p + 5);
        if (width == 0 || height == 0) {
            throw new DamagedJpegException("The frame declares " + width + " x " + height + " pixels.");
        }
        if ((long) width * height > limits.maxPixels()) {
            throw new UnsupportedJpegException("The picture has " + width + " x " + height + " pixels, the limit is "
                    + limits.maxPixels() + " in all.");
        }
        if (count < 1 || count > 4 || at.length() < 6 + 3 * count) {
            throw new DamagedJpegException("The frame declares " + count + " components.");
        }
        int maxHorizontal = 1;
        int maxVertical = 1;
        for (int c = 0; c < count; c++) {
            int sampling = Bytes.u8(bytes, p + 7 + 3 * c);
            int h = sampling >> 4;
            int v = sampling & 15;
            if (h < 1 || h > 4 || v < 1 || v > 4 || Bytes.u8(bytes, p + 8 + 3 * c) > 3) {
                throw new DamagedJpegException("Component " + c + " has sampling factors " + h + " x " + v + ".");
            }
            maxHorizontal = Math.max(maxHorizontal, h);
            maxVertical = Math.max(maxVertical, v);
        }
        int widthInMcus = ceilDiv(width, 8 * maxHorizontal);
        int heightInMcus = ceilDiv(height, 8 * maxVertical);
        List<Component> components = new ArrayList<>(count);
        for (int c = 0; c < count; c++) {
            int id = Bytes.u8(bytes, p + 6 + 3 * c);
            if (components.stream().anyMatch(other -> other.id() == id)) {
                throw new DamagedJpegException("Two components have the same id " + id + ".");
            }
            int h = Bytes.u8(bytes, p + 7 + 3 * c) >> 4;
            int v = Bytes.u8(bytes, p + 7 + 3 * c) & 15;
            int w = ceilDiv(width * h, maxHorizontal);
            int tall = ceilDiv(height * v, maxVertical);
            components.add(new Component(
                    id,
                    h,
                    v,
                    Bytes.u8(bytes, p + 8 + 3 * c),
                    w,
                    tall,
                    (float) width * h / maxHorizontal,
                    (float) height * v / maxVertical,
                    ceilDiv(w, 8),
                    ceilDiv(tall, 8),
                    widthInMcus * h,
                    heightInMcus * v));
        }
        return new Frame(
                marker,
                Bytes.u8(bytes, p),
                width,
                height,
                maxHorizontal,
                maxVertical,
                widthInMcus,
                heightInMcus,
                List.copyOf(components));
    }

    static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }
}
