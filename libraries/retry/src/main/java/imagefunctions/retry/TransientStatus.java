package imagefunctions.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The HTTP statuses after which the same request may succeed later (RFC 9110, RFC 6585, RFC 8470). */
public final class TransientStatus {
    /** The header by which a workflow names the step that failed: it has repeated its calls itself, whatever its status. */
    public static final String WORKFLOW_STEP = "X-Workflow-Step";

    // Not 500, which a function answers for a fault of its own.
    private static final Set<Integer> STATUSES = Set.of(408, 425, 429, 502, 503, 504);

    /** Another request is in the way, which may be an earlier attempt of ours: Conflict, and Locked (RFC 4918). */
    private static final Set<Integer> IN_THE_WAY = Set.of(409, 423);

    private TransientStatus() {}

    /** Whether a function, or the gateway in front of it, may answer the same request differently later. */
    public static boolean isTransient(int status) {
        return STATUSES.contains(status);
    }

    /**
     * The same for servers of unknown make, where every 5xx may pass: many answer 500 while a part of them is down. An
     * error that says when to come again is meant to pass, whatever its status.
     *
     * @param asked what {@link RetryAfter} asks for, even if that is no wait
     */
    public static boolean isTransientAtUnknownServer(int status, Optional<Duration> asked) {
        return isTransient(status)
                || IN_THE_WAY.contains(status)
                || status >= 500
                || (status >= 400 && asked.isPresent());
    }
}
