package imagefunctions.functions.processimages;

import java.util.Set;

/** The converting function's answer. */
sealed interface FunctionAnswer {
    /**
     * The statuses by which a function says that it will never be able to convert this picture. All others are transient
     * here, a 404 or a 401 too: reconcile comes back for weeks, and by then an operator may have deployed the function
     * or set a secret.
     */
    Set<Integer> PERMANENT = Set.of(400, 413, 415, 422);

    /**
     * The result is in the file.
     *
     * @param gateway the gateway that answered, such as {@code gateway.openfaas:8080}
     */
    record Picture(String type, long bytes, String gateway) implements FunctionAnswer {}

    /**
     * There is no result.
     *
     * @param isTransient whether a retry may succeed
     */
    record Failure(String reason, boolean isTransient) implements FunctionAnswer {}
}
