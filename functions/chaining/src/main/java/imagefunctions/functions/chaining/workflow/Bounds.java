package imagefunctions.functions.chaining.workflow;

/** How big a workflow may be. */
public final class Bounds {
    /** Steps of one workflow, with those inside steps and those of included workflows. */
    public static final int STEPS = 100;
    /** Branches of one {@code parallel}. */
    public static final int BRANCHES = 32;
    /** Values of one {@code foreach}. */
    public static final int VALUES = 100;
    /** Steps inside steps. */
    public static final int DEPTH = 10;
    /** Function calls of one run, each retried one counted once. */
    public static final int CALLS = 1000;
    /** Workflows that call each other over HTTP. */
    public static final int HOPS = 4;

    private Bounds() {}
}
