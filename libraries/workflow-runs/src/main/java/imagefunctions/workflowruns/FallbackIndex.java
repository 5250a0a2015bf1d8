package imagefunctions.workflowruns;

/** The index of the call that supplies the answer of a step which has failed. */
public final class FallbackIndex {
    private static final String FALLBACK = ".use";

    private FallbackIndex() {}

    /** The index of the call that stands in for the step of this index. */
    public static String of(String step) {
        return step + FALLBACK;
    }

    /** The index of the step that it stands in for; of any other step, its own. */
    static String stepOf(String index) {
        return index.endsWith(FALLBACK) ? index.substring(0, index.length() - FALLBACK.length()) : index;
    }
}
