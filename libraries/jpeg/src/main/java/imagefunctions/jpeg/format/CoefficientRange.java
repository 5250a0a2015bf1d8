package imagefunctions.jpeg.format;

/** The range of coefficients at 8 bits a sample (ITU-T T.81, F.1.2.1 and F.1.2.2). */
public final class CoefficientRange {
    /** Largest category of a DC difference. */
    public static final int MAX_DC_SIZE = 11;

    /** Largest category of an AC coefficient that an 8-bit encoder writes. */
    public static final int MAX_AC = 1023;

    public static final int MIN_DC = -1024;
    public static final int MAX_DC = 1023;

    private CoefficientRange() {}
}
