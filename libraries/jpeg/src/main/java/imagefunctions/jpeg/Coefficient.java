package imagefunctions.jpeg;

/** A quantised coefficient and its place in its block in one number: the zig-zag index above 16 bits of the value. */
final class Coefficient {
    static final int INDEX_AT = 16;

    private Coefficient() {}

    static int of(int index, int value) {
        return index << INDEX_AT | (value & 0xFFFF);
    }

    static int index(int coefficient) {
        return coefficient >>> INDEX_AT;
    }

    static int value(int coefficient) {
        return (short) coefficient;
    }
}
