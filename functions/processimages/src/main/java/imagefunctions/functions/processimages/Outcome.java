package imagefunctions.functions.processimages;

/** The outcome for one object. */
sealed interface Outcome {
    String name();

    /**
     * It was converted and the result stored.
     *
     * @param gateway the gateway that answered, such as {@code gateway.openfaas:8080}
     */
    record Processed(String name, long bytes, String type, String gateway) implements Outcome {}

    /** The result for this content is already stored. */
    record Skipped(String name) implements Outcome {}

    /** It does not exist, or no longer. */
    record Gone(String name) implements Outcome {}

    /** It is not an object to convert. */
    record Ignored(String name, String reason) implements Outcome {}

    /** The call timed out before it was done. */
    record TimedOut(String name) implements Outcome {}

    /**
     * It could not be converted.
     *
     * @param isTransient whether a retry may succeed
     */
    record Failed(String name, String reason, boolean isTransient) implements Outcome {}
}
