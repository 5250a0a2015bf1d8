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

    /** The caller's id where it gave a usable one (1 to 128 of letters, digits, {@code . _ : -}), else a new one. */
    public static String of(Optional<String> given) {
        return given.filter(id -> USABLE.matcher(id).matches()).orElseGet(CallId::make);
    }

    static String make() {
        return UUID.randomUUID().toString();
    }

    /** Puts this call id into every line that this thread logs, until closed. */
    static Logged logged(String id) {
        MDC.put(LOGGED_AS, id);
        return () -> MDC.remove(LOGGED_AS);
    }

    interface Logged extends AutoCloseable {
        @Override
        void close();
    }
}
