package imagefunctions.functions.chaining.workflow;

/** The limits on a workflow's size. */
public final class Bounds {
    /** Steps of one workflow, including nested steps and those of included workflows. */
    public static final int STEPS = 100;
    /** Branches of one {@code parallel}. */
    public static final int BRANCHES = 32;
    /** Values of one {@code foreach}. */
    public static final int VALUES = 100;
    /** Nesting depth of steps. */
    public static final int DEPTH = 10;
    /** Function calls of one run; retries of a call do not count. */
    public static final int CALLS = 1000;
    /** Workflows that call each other over HTTP. */
    public static final int HOPS = 4;

    private Bounds() {}
}
