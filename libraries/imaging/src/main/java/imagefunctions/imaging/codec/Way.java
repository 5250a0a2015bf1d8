package imagefunctions.imaging.codec;

/** The way that a picture took to its result, for whoever counts. */
public sealed interface Way {

    /** Straight from a JPEG's coefficients to those of the result. */
    record ByCoefficients() implements Way {}

    /** Decoded to pixels and coded anew. */
    record ByPixels(Why why) implements Way {}

    /** Why a picture had to become pixels. */
    enum Why {
        /** It is no JPEG. */
        OTHER_FORMAT,
        /** Its colours, its precision or its coding process are left to the general decoder. */
        OTHER_CODING,
        /** Its scans are damaged, or more than the engine allows. */
        UNSOUND,
        /** It is shrunk, but to keep its file's tables. */
        KEPT_TABLES,
        /** Its quantisation steps are beyond those of baseline JPEG. */
        WIDE_STEPS,
        /** It is shrunk twice in one pass. */
        SHRUNK_TWICE
    }
}
