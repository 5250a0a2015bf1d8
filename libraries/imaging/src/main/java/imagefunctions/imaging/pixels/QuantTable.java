package imagefunctions.imaging.pixels;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The 64 steps to which a block's coefficients are rounded, row by row.
 *
 * @param steps 1 to 255, so that the JPEG stays baseline
 */
public record QuantTable(List<Integer> steps) {

    // ITU-T T.81, table K.1.
    private static final QuantTable LUMA = of(
            16, 11, 10, 16, 24, 40, 51, 61, //
            12, 12, 14, 19, 26, 58, 60, 55, //
            14, 13, 16, 24, 40, 57, 69, 56, //
            14, 17, 22, 29, 51, 87, 80, 62, //
            18, 22, 37, 56, 68, 109, 103, 77, //
            24, 35, 55, 64, 81, 104, 113, 92, //
            49, 64, 78, 87, 103, 121, 120, 101, //
            72, 92, 95, 98, 112, 100, 103, 99);

    // ITU-T T.81, table K.2.
    private static final QuantTable CHROMA = of(
            17, 18, 24, 47, 99, 99, 99, 99, //
            18, 21, 26, 66, 99, 99, 99, 99, //
            24, 26, 56, 99, 99, 99, 99, 99, //
            47, 66, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99, //
            99, 99, 99, 99, 99, 99, 99, 99);

    public QuantTable {
        // A 16-bit table may hold larger steps, which baseline JPEG cannot (T.81, B.2.4.1).
        steps = steps.stream().map(step -> Math.clamp(step, 1, 255)).toList();
    }

    private static QuantTable of(Integer... steps) {
        return new QuantTable(List.of(steps));
    }

    static QuantTable luma(int quality) {
        return LUMA.scaled(quality);
    }

    static QuantTable chroma(int quality) {
        return CHROMA.scaled(quality);
    }

    /** The scale of libjpeg's jpeg_quality_scaling: 50 is the table itself, 100 is all ones. */
    private QuantTable scaled(int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return map(i -> (steps.get(i) * percent + 50) / 100);
    }

    QuantTable transposed() {
        return map(i -> steps.get(i % 8 * 8 + i / 8));
    }

    private static QuantTable map(IntUnaryOperator step) {
        return new QuantTable(IntStream.range(0, 64).map(step).boxed().toList());
    }
}
