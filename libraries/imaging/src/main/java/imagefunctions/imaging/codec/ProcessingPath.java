package imagefunctions.imaging.codec;

/** The path that a picture took from file to file, for metrics. */
public sealed interface ProcessingPath {

    /** A JPEG's DCT coefficients became those of the result; no pixel was decoded. */
    record DctDomain() implements ProcessingPath {}

    /** The picture was decoded to pixels and encoded again. */
    record Pixels(Reason reason) implements ProcessingPath {}

    /** Why a picture had to be decoded to pixels. */
    enum Reason {
        /** It is not a JPEG. */
        OTHER_FORMAT,
        /** The JPEG engine does not support its colour model, precision or coding process. */
        OTHER_CODING,
        /** Its scans are damaged, or more than the JPEG engine allows. */
        UNSOUND,
        /** It is shrunk and keeps its file's quantisation tables. */
        KEPT_TABLES,
        /** Its quantisation steps are beyond those of baseline JPEG. */
        WIDE_STEPS,
        /** It is shrunk more than once. */
        SHRUNK_TWICE,
        /** An operation works on pixels only. */
        PIXEL_OPERATION
    }
}
