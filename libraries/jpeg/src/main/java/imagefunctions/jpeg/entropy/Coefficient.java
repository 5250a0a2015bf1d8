package imagefunctions.jpeg.entropy;

/** A quantised coefficient and its place in its block in one number: the zig-zag index above 16 bits of the value. */
public final class Coefficient {
    static final int INDEX_AT = 16;

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
