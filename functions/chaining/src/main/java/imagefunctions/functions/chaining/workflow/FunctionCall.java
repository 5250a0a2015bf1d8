package imagefunctions.functions.chaining.workflow;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request to a function: everything but the body.
 *
 * @param timeout time limit for all attempts together, including the delays between them
 */
public record FunctionCall(
        String function,
        String method,
        Map<String, Template> query,
        Map<String, Template> headers,
        Duration timeout,
        Retry retry) {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

    public FunctionCall {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** The content types that the call's Accept header asks for. */
    public Optional<OneOf> accepts() {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Accept"))
                .map(header -> OneOf.accepted(header.getValue().text()))
                .findFirst();
    }

    public boolean sendsBody() {
        return !WITHOUT_BODY.contains(method);
    }
}
