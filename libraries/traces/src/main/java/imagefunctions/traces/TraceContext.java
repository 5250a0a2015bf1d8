package imagefunctions.traces;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a trace a request belongs (W3C Trace Context, level 1).
 *
 * @param traceId 32 hexadecimal digits, not all 0
 * @param spanId 16 hexadecimal digits, not all 0
 * @param flags 2 hexadecimal digits
 * @param state the header {@code tracestate}, as it came; may be empty
 */
public record TraceContext(String traceId, String spanId, String flags, String state) {
    public static final String PARENT = "traceparent";
    public static final String STATE = "tracestate";

    private static final String SAMPLED = "01";
    private static final int LONGEST_STATE = 8192;

    /** Version 00, and of later ones what they have in common with it (4.3). */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /**
     * The context that these headers carry; none if there is no {@code traceparent}, or one that is not valid.
     *
     * @param headers gives the first header of a name
     */
    public static Optional<TraceContext> of(Function<String, Optional<String>> headers) {
        return headers.apply(PARENT)
                .map(TRACEPARENT::matcher)
                .filter(Matcher::matches)
                .filter(parent -> !parent.group(1).equals("00") || parent.group(5) == null)
                .map(parent -> new TraceContext(
                        parent.group(2),
                        parent.group(3),
                        parent.group(4),
                        headers.apply(STATE)
                                .filter(state -> state.length() <= LONGEST_STATE)
                                .orElse("")));
    }

    /** The beginning of a trace. */
    public static TraceContext make() {
        return new TraceContext(hex(16), hex(8), SAMPLED, "");
    }

    /** A step within this one. */
    public TraceContext child() {
        return new TraceContext(traceId, hex(8), flags, state);
    }

    /** The headers that carry it. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(PARENT, "00-" + traceId + "-" + spanId + "-" + flags);
        if (!state.isEmpty()) {
            headers.put(STATE, state);
        }
        return headers;
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        // Ids of zeros alone are not valid.
        random[0] |= 1;
        return HexFormat.of().formatHex(random);
    }
}
