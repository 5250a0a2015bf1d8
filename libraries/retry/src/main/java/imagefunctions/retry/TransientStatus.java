package imagefunctions.retry;

import java.util.Set;

/** The HTTP statuses after which the same request may succeed later (RFC 9110, RFC 6585). */
public final class TransientStatus {
    // Not 500, which a function answers for a fault of its own, and not 425: no request is sent as early data.
    private static final Set<Integer> STATUSES = Set.of(408, 429, 502, 503, 504);

    private TransientStatus() {}

    /** Whether a function, or the gateway in front of it, may answer the same request differently later. */
    public static boolean isTransient(int status) {
        return STATUSES.contains(status);
    }

    /** The same for servers of unknown make, where every 5xx may pass: many answer 500 while a part of them is down. */
    public static boolean isTransientAtUnknownServer(int status) {
        return isTransient(status) || status >= 500;
    }
}
