package imagefunctions.jpeg;

/** How large the coefficients of 8-bit pictures are at most (ITU-T T.81, F.1.2.1 and F.1.2.2). */
final class CoefficientRange {
    /** Largest category of a DC difference. */
    static final int MAX_DC_SIZE = 11;

    /** Largest category of an AC coefficient that an 8-bit encoder writes. */
    static final int MAX_AC = 1023;

    static final int MIN_DC = -1024;
    static final int MAX_DC = 1023;

    private CoefficientRange() {}
}
