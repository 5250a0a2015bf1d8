package imagefunctions.runtime;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** The X-Call-Id that joins a call's request, answer, log lines and callback. */
public final class CallId {
    public static final String HEADER = "X-Call-Id";

    private static final String LOGGED_AS = "callId";
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private CallId() {}

    /** The caller's id if it gave a usable one, else a new one. */
    public static String of(Optional<String> given) {
        return given.filter(CallId::isUsable).orElseGet(CallId::make);
    }

    /**
     * Whether it has 1 to 128 characters, of letters, digits and {@code . _ : -} only. The queue of asynchronous calls, which
     * this knows as little as it knows this, has the same check; a test of the local gateway compares them.
     */
    public static boolean isUsable(String id) {
        return USABLE.matcher(id).matches();
    }

    /** A new one. */
    public static String make() {
        return UUID.randomUUID().toString();
    }

    /** Puts this call id into every line that this thread logs, until closed. */
    public static Logged logged(String id) {
        MDC.put(LOGGED_AS, id);
        return () -> MDC.remove(LOGGED_AS);
    }

    /** Ends the logging of a call id. */
    public interface Logged extends AutoCloseable {
        @Override
        void close();
    }
}
