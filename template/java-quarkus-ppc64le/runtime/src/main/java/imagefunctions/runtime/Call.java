package imagefunctions.runtime;

import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request to one function: take it as the parameter of a {@code @Funq} method, or as a {@code @Context} beside one.
 *
 * <p>{@code path} is what follows the function's name, without the query: empty, or starting with a slash. Query values
 * are percent-decoded. The body is as it was sent, whatever content type it claims; it is not copied, so leave it as
 * it is.
 */
public final class Call {
    private final String function;
    private final String id;
    private final String method;
    private final String path;
    private final HttpHeaders headers;
    private final Map<String, List<String>> query;
    private final byte[] body;

    public Call(
            String function,
            String id,
            String method,
            String path,
            HttpHeaders headers,
            Map<String, List<String>> query,
            byte[] body) {
        this.function = function;
        this.id = id;
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.query = query;
        this.body = body;
    }

    /** A POST of these bytes, as a test or another function makes one. */
    public static Call post(String function, Map<String, String> parameters, byte[] body) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        parameters.forEach((name, value) -> query.put(name, List.of(value)));
        return new Call(function, CallId.make(), "POST", "", HttpHeaders.of(Map.of(), (n, v) -> true), query, body);
    }

    /** The same call with these headers in place of those of their names. */
    public Call with(Map<String, String> changed) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers.map());
        changed.forEach((name, value) -> all.put(name, List.of(value)));
        return new Call(function, id, method, path, HttpHeaders.of(all, (name, value) -> true), query, body);
    }

    public String function() {
        return function;
    }

    /** The X-Call-Id: the caller's own, or one made here. */
    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    /** The function's URL for whoever made the call: the gateway's, or the function's own. */
    public String url() {
        return header("X-Forwarded-Host")
                .map(gateway -> header("X-Forwarded-Proto")
                                .filter("https"::equalsIgnoreCase)
                                .orElse("http") + "://" + gateway
                        + ForwardedPrefix.of(this) + "/function/" + function)
                .orElseGet(() -> "http://" + header("Host").orElse("127.0.0.1:8080") + "/");
    }

    public String path() {
        return path;
    }

    public HttpHeaders headers() {
        return headers;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Every value of every query parameter, in the order given. */
    public Map<String, List<String>> query() {
        return query;
    }

    /**
     * The query parameters, each given once.
     *
     * @throws ProblemException (400) for a parameter that is given more than once
     */
    public Map<String, String> parameters() {
        Map<String, String> once = new LinkedHashMap<>();
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                throw new Problem.BadRequest("The parameter \"" + name + "\" is given " + values.size() + " times ("
                                + String.join(", ", values) + "): give it once.")
                        .asException();
            }
            once.put(name, values.getFirst());
        });
        return once;
    }

    public byte[] body() {
        return body;
    }
}
