package imagefunctions.functions.processimages.rules;

/** Whether there is what a rule calls, as far as this process knows. */
@FunctionalInterface
public interface KnownTargets {
    /** For a process that knows no functions but its own. */
    KnownTargets UNKNOWN = target -> {};

    /**
     * Checks a rule's function, and its workflow if that runs one.
     *
     * @throws IllegalArgumentException if there is no such one; says which there are
     */
    void check(Target target);
}
