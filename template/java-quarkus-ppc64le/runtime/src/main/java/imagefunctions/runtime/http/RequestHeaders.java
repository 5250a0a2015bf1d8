package imagefunctions.runtime.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request's headers, as a function gets them: each name, in any case, with its values in their order. */
public final class RequestHeaders {
    public static final String START_TIME = "X-Start-Time";

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";

    /** What {@link #forwarded} sees to. */
    public static final List<String> ADDED = List.of(START_TIME, FOR, PROTO, HOST);

    private RequestHeaders() {}

    /** The headers as they were sent. */
    public static Map<String, List<String>> sent(HttpServerRequest request) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers()
                .names()
                .forEach(name -> all.put(name, request.headers().getAll(name)));
        if (request.authority() != null) {
            // HTTP/2 has no Host header.
            all.put("Host", List.of(request.authority().toString()));
        }
        return all;
    }

    /** The headers as OpenFaaS' gateway forwards them: with the time of the start, the client's address and the host it asked for. */
    public static Map<String, List<String>> forwarded(HttpServerRequest request, Instant start) {
        Map<String, List<String>> all = sent(request);
        all.put(START_TIME, List.of(startTime(start)));
        // What a proxy in front of this gateway has set is nearer to the caller.
        all.putIfAbsent(FOR, List.of(request.remoteAddress().toString()));
        all.putIfAbsent(PROTO, List.of(request.isSSL() ? "https" : "http"));
        all.putIfAbsent(HOST, all.getOrDefault("Host", List.of()));
        return all;
    }

    /** The value of X-Start-Time: nanoseconds since 1970. */
    public static String startTime(Instant start) {
        return start.getEpochSecond() + "%09d".formatted(start.getNano());
    }
}
