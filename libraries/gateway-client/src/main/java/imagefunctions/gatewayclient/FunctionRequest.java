package imagefunctions.gatewayclient;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request to a function, wherever it is.
 *
 * @param path percent-encoded, below the address that is called: {@code /function/draft} at a gateway
 * @param query percent-encoded: may be empty
 * @param headers of several that differ in case alone the last one counts
 * @param body can be sent twice
 */
public record FunctionRequest(
        String path, String query, String method, Map<String, String> headers, BodyPublisher body) {
    private static final Pattern FUNCTION = Pattern.compile("[-a-zA-Z_0-9.]{1,128}");

    public FunctionRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Whether a function may have this name: 1 to 128 letters, digits and {@code - _ .}, which a path has as they are. */
    public static boolean isFunctionName(String text) {
        return FUNCTION.matcher(text).matches();
    }

    /** A request to the function of this name, at a gateway. */
    public static FunctionRequest toFunction(
            String name, String query, String method, Map<String, String> headers, BodyPublisher body) {
        return new FunctionRequest("/function/" + name, query, method, headers, body);
    }

    /** The value of a header, its name in any case. */
    Optional<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The same with these headers in place of those of their names. */
    FunctionRequest with(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(changed);
        return new FunctionRequest(path, query, method, all, body);
    }

    /** The same at this gateway, or at this function's own address. */
    HttpRequest at(URI address, Optional<Credentials> credentials) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path + (query.isEmpty() ? "" : "?" + query)));
        credentials.ifPresent(shown -> request.setHeader("Authorization", shown.header()));
        headers.forEach(request::setHeader);
        return request.method(method, body).build();
    }
}
