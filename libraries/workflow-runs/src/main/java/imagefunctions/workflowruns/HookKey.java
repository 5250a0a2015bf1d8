package imagefunctions.workflowruns;

import java.util.Optional;

/** The key under which a run keeps what a function answered that a workflow calls at its end. */
public final class HookKey {
    private static final String HOOK = "end-";

    private HookKey() {}

    /**
     * The key.
     *
     * @param index the numbers of the call: those of the workflow, and one behind its last step's
     */
    public static String of(String index) {
        return HOOK + index;
    }

    /** The numbers of the workflow at whose end it is called, with a dot behind them; empty for the outermost. */
    static Optional<String> workflowOf(String key) {
        if (!key.startsWith(HOOK)) {
            return Optional.empty();
        }
        String index = key.substring(HOOK.length());
        return Optional.of(index.substring(0, index.lastIndexOf('.') + 1));
    }
}
