package imagefunctions.localgateway.backends;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import imagefunctions.gatewayclient.Credentials;
import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The headers of what is handed on (RFC 9110, 7.6). */
public final class ForwardedHeaders {
    /** How many gateways a call has come through. */
    static final String HOPS = "X-Gateway-Hops";

    private static final int MOST_HOPS = 4;
    private static final String VIA = "1.1 image-functions";
    private static final String AUTHORIZATION = "Authorization";

    /** What is about one connection, even if its sender does not say so. */
    private static final Set<String> OF_A_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade");

    /** What a request says to this process, or of the body as it came here: what may follow that is not handed on. */
    private static final Set<String> OF_A_REQUEST = Set.of("content-length", "expect", "host", "trailer");

    private ForwardedHeaders() {}

    /** All but those of one connection, in their order. */
    public static MultiMap endToEnd(MultiMap headers) {
        Set<String> dropped = new TreeSet<>(OF_A_CONNECTION);
        for (String named : headers.getAll("Connection")) {
            for (String name : named.split(",", -1)) {
                dropped.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        MultiMap kept = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(header -> {
            if (!dropped.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                kept.add(header.getKey(), header.getValue());
            }
        });
        return kept;
    }

    /**
     * The headers of a call that is handed on.
     *
     * @param sent those that it came with
     * @param credentials of the gateways: no function gets to see them
     * @throws imagefunctions.runtime.ProblemException (400, 508) if it has come through too many gateways
     */
    public static MultiMap of(MultiMap sent, String callId, Destination to, Optional<Credentials> credentials) {
        MultiMap headers = endToEnd(sent);
        OF_A_REQUEST.forEach(headers::remove);
        MultiMap wire = MultiMap.caseInsensitiveMultiMap();
        headers.forEach(header -> wire.add(header.getKey(), onTheWire(header.getValue())));
        wire.set(CallId.HEADER, callId);
        wire.add("Via", VIA);
        wire.set(HOPS, Integer.toString(hops(sent) + 1));
        credentials.map(Credentials::header).ifPresent(own -> {
            if (!to.gateway()) {
                if (own.equals(wire.get(AUTHORIZATION))) {
                    wire.remove(AUTHORIZATION);
                }
            } else if (!wire.contains(AUTHORIZATION)) {
                wire.set(AUTHORIZATION, own);
            }
        });
        return wire;
    }

    /**
     * Puts the headers of another server's answer on ours. What ours says to browsers stands: which pages may show or read
     * it is this gateway's own word.
     *
     * @param from as they came, without those of a connection
     */
    static void answer(MultiMap from, MultiMap ours) {
        Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        own.addAll(ours.names());
        own.add(CallId.HEADER);
        own.remove("Vary");
        from.forEach(header -> {
            String name = header.getKey();
            if (!own.contains(name) && !name.toLowerCase(Locale.ROOT).startsWith("access-control-")) {
                ours.add(name, header.getValue());
            }
        });
    }

    /**
     * How many gateways a call has come through so far.
     *
     * @throws imagefunctions.runtime.ProblemException (400, 508) if that is no number, or too many
     */
    public static int hops(MultiMap sent) {
        String hops = sent.get(HOPS);
        if (hops == null) {
            return 0;
        }
        if (!hops.matches("[0-9]{1,4}")) {
            throw new Problem.BadRequest(HOPS + " is \"" + hops + "\": leave it to gateways.").asException();
        }
        int come = Integer.parseInt(hops);
        if (come >= MOST_HOPS) {
            throw new Problem.Extended(
                            508,
                            "The call has come through " + come
                                    + " gateways: the IMAGE_FUNCTIONS_BACKENDS of one seem to"
                                    + " lead back to another.",
                            Map.of())
                    .asException();
        }
        return come;
    }

    /** As Netty writes bytes: texts beyond ASCII are UTF-8. */
    private static String onTheWire(String value) {
        return value.chars().allMatch(c -> c < 128) ? value : new String(value.getBytes(UTF_8), ISO_8859_1);
    }
}
