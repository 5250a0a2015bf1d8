package imagefunctions.gatewayclient;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a function, wherever it is.
 *
 * @param query percent-encoded: may be empty
 * @param headers of several that differ in case alone the last one counts
 * @param body can be sent twice
 */
public record FunctionRequest(
        String function, String query, String method, Map<String, String> headers, BodyPublisher body) {

    public FunctionRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The same at this gateway. */
    HttpRequest at(URI gateway, Optional<Credentials> credentials) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(gateway + "/function/" + function + (query.isEmpty() ? "" : "?" + query)));
        credentials.ifPresent(shown -> request.setHeader("Authorization", shown.header()));
        headers.forEach(request::setHeader);
        return request.method(method, body).build();
    }
}
