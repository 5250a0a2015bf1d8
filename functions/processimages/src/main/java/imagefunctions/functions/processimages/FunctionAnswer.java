package imagefunctions.functions.processimages;

import java.util.Set;

/** What the converting function answered. */
sealed interface FunctionAnswer {
    /** The statuses by which a function says that this picture will never do. */
    Set<Integer> NEVER = Set.of(400, 413, 415, 422);

    /** The result, which is in the file. */
    record Picture(String type, long bytes) implements FunctionAnswer {}

    /**
     * No result.
     *
     * @param passing whether another try may succeed
     */
    record Refusal(String reason, boolean passing) implements FunctionAnswer {}
}
