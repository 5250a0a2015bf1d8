package imagefunctions.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A function's answer: status, headers (names in any case) and body. */
public final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** An answer with this status, content type and body. */
    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of(), body).with("Content-Type", contentType);
    }

    /** A 200 with this content type and body. */
    public static Reply of(String contentType, byte[] body) {
        return of(200, contentType, body);
    }

    /** A 200 of plain text in UTF-8. */
    public static Reply text(String text) {
        return of("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with this status and no body. */
    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }

    /** The same answer with this header added, or replaced if it is there. */
    public Reply with(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new Reply(status, Collections.unmodifiableMap(more), body);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body;
    }
}
