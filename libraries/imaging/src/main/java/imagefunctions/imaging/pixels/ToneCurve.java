package imagefunctions.imaging.pixels;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** How light a sample is: a curve of an ICC profile (ICC.1:2022, 10.6 and 10.18) from 0 to 1 to linear light, 0 to 1. */
final class ToneCurve {
    /** The most by which two curves may differ to be told apart by nobody, in 8-bit samples. */
    private static final double SAME = 1;

    private static final double FIXED = 65536;
    private static final int HEADER = 12;
    /** Of which the values are: 16 bits. */
    private static final int MOST_SAMPLES = 1 << 16;
    /** How many parameters the curves of types 0 to 4 have. */
    private static final int[] PARAMETERS = {1, 3, 4, 5, 7};

    private final byte[] element;
    private final DoubleUnaryOperator light;

    private ToneCurve(byte[] element, DoubleUnaryOperator light) {
        this.element = element;
        this.light = light;
    }

    /** The curve in a tagged element of type curv or para, if it is one. */
    static Optional<ToneCurve> of(byte[] element) {
        if (element.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(element);
        Optional<DoubleUnaryOperator> light =
                switch (new String(element, 0, 4, StandardCharsets.US_ASCII)) {
                    case "curv" -> sampled(bytes);
                    case "para" -> parametric(bytes);
                    default -> Optional.empty();
                };
        return light.map(curve -> new ToneCurve(Arrays.copyOf(element, length(bytes)), curve));
    }

    private static int length(ByteBuffer element) {
        return element.get(0) == 'c' ? HEADER + 2 * element.getInt(8) : HEADER + 4 * PARAMETERS[element.getShort(8)];
    }

    private static Optional<DoubleUnaryOperator> sampled(ByteBuffer bytes) {
        int count = bytes.getInt(8);
        if (count < 0 || count > Math.min(MOST_SAMPLES, (bytes.limit() - HEADER) / 2)) {
            return Optional.empty();
        }
        if (count == 0) {
            return Optional.of(value -> value);
        }
        if (count == 1) {
            double gamma = (bytes.getShort(HEADER) & 0xFFFF) / 256.0;
            return Optional.of(value -> Math.pow(value, gamma));
        }
        return Optional.of(value -> {
            double at = value * (count - 1);
            int left = Math.min((int) at, count - 2);
            double from = bytes.getShort(HEADER + 2 * left) & 0xFFFF;
            double to = bytes.getShort(HEADER + 2 * left + 2) & 0xFFFF;
            return (from + (to - from) * (at - left)) / 65535;
        });
    }

    private static Optional<DoubleUnaryOperator> parametric(ByteBuffer bytes) {
        int type = bytes.getShort(8);
        if (type < 0 || type >= PARAMETERS.length || bytes.limit() < HEADER + 4 * PARAMETERS[type]) {
            return Optional.empty();
        }
        // g, a, b, c, d, e and f of the standard's table 68; with these defaults all types are the last one.
        double[] p = {1, 1, 0, 0, 0, 0, 0};
        for (int i = 0; i < PARAMETERS[type]; i++) {
            p[i] = bytes.getInt(HEADER + 4 * i) / FIXED;
        }
        if (type == 1 || type == 2) {
            double offset = p[3];
            p[4] = -p[2] / p[1];
            p[5] = offset;
            p[6] = offset;
            p[3] = 0;
        }
        return Optional.of(
                value -> value >= p[4] ? Math.pow(Math.max(0, p[1] * value + p[2]), p[0]) + p[5] : p[3] * value + p[6]);
    }

    /** The bytes of the tagged element, without what stands behind the curve. */
    byte[] element() {
        return element;
    }

    boolean parametric() {
        return element[0] == 'p';
    }

    /** Whether samples mean what sRGB's do (IEC 61966-2-1), but for what nobody sees. */
    boolean isSrgb() {
        for (int sample = 0; sample < 256; sample++) {
            // Not a number is not sRGB either.
            if (!(Math.abs(255 * srgb(light.applyAsDouble(sample / 255.0)) - sample) <= SAME)) {
                return false;
            }
        }
        return true;
    }

    private static double srgb(double light) {
        return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }
}
