package imagefunctions.jpeg.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A quantisation table (ITU-T T.81, B.2.4.1). */
public final class QuantisationTable {
    private static final int MAX_BASELINE_STEP = 255;

    private final int[] steps;

    private QuantisationTable(int[] steps) {
        this.steps = steps;
    }

    /** One table of a DQT segment. */
    record Definition(int precision, int number, QuantisationTable table) {
        boolean wide() {
            return precision != 0;
        }

        /** The tables of a segment, except one that the end of the segment truncates. */
        static List<Definition> all(byte[] file, Segment segment) {
            List<Definition> all = new ArrayList<>();
            int at = segment.offset();
            while (at < segment.end() && at + length(Bytes.u8(file, at)) <= segment.end()) {
                int first = Bytes.u8(file, at);
                int[] steps = new int[64];
                for (int k = 0; k < 64; k++) {
                    steps[k] = first >> 4 == 0 ? Bytes.u8(file, at + 1 + k) : Bytes.u16(file, at + 1 + 2 * k);
                }
                all.add(new Definition(first >> 4, first & 15, new QuantisationTable(steps)));
                at += length(first);
            }
            return all;
        }

        int length() {
            return length(precision << 4);
        }

        private static int length(int first) {
            return 1 + (first >> 4 == 0 ? 64 : 128);
        }
    }

    /** A table of 64 steps in zig-zag order. */
    public static QuantisationTable ofZigzag(int... steps) {
        if (steps.length != 64) {
            throw new IllegalArgumentException("A quantisation table has 64 steps, not " + steps.length + ".");
        }
        return new QuantisationTable(steps.clone());
    }

    /**
     * The table that libjpeg's encoder uses for luma, or for chroma.
     *
     * @param quality 1 to 100 on libjpeg's scale
     */
    public static QuantisationTable standard(boolean luma, int quality) {
        return new QuantisationTable(StandardTables.steps(luma, quality));
    }

    /** The step of a zig-zag index. */
    public int step(int k) {
        return steps[k];
    }

    int[] steps() {
        return steps;
    }

    /** The steps row by row. */
    public int[] naturalOrder() {
        int[] natural = new int[64];
        for (int k = 0; k < 64; k++) {
            natural[Zigzag.natural(k)] = steps[k];
        }
        return natural;
    }

    /** The table with its steps clamped to 1 to 255, the range of baseline JPEG. */
    public QuantisationTable baseline() {
        return new QuantisationTable(Arrays.stream(steps)
                .map(step -> Math.clamp(step, 1, MAX_BASELINE_STEP))
                .toArray());
    }

    /** The table for transposed blocks. */
    public QuantisationTable transposed() {
        int[] transposed = new int[64];
        for (int k = 0; k < 64; k++) {
            transposed[Zigzag.transposed(k)] = steps[k];
        }
        return new QuantisationTable(transposed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantisationTable table && Arrays.equals(steps, table.steps);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(steps);
    }

    @Override
    public String toString() {
        return Arrays.toString(steps);
    }
}
