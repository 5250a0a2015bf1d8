package imagefunctions.jpeg.entropy;

/** A quantised coefficient packed into an int: its zig-zag index above the 16 bits of its value. */
public final class Coefficient {
    public static final int INDEX_AT = 16;

    private Coefficient() {}

    public static int of(int index, int value) {
        return index << INDEX_AT | (value & 0xFFFF);
    }

    public static int index(int coefficient) {
        return coefficient >>> INDEX_AT;
    }

    public static int value(int coefficient) {
        return (short) coefficient;
    }
}
