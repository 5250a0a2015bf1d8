package imagefunctions.functions.processimages;

/** What became of one object. */
sealed interface Outcome {
    String name();

    /** It was converted, and the result is stored. */
    record Processed(String name, long bytes, String type) implements Outcome {}

    /** The result of this very content is stored already. */
    record Skipped(String name) implements Outcome {}

    /** It was deleted meanwhile. */
    record Gone(String name) implements Outcome {}

    /** It is none that is converted. */
    record Ignored(String name, String reason) implements Outcome {}

    /**
     * It could not be converted.
     *
     * @param passing whether another try may succeed
     */
    record Failed(String name, String reason, boolean passing) implements Outcome {}
}
