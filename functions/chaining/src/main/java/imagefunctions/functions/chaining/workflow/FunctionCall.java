package imagefunctions.functions.chaining.workflow;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The query parameters of the workflow's request that its query and headers read. */
    Set<String> parameters() {
        return Stream.concat(query.values().stream(), headers.values().stream())
                .flatMap(template -> template.variables().stream())
                .map(Template.Variable::name)
                .filter(name -> name.startsWith(Template.QUERY))
                .map(name -> name.substring(Template.QUERY.length()))
                .collect(Collectors.toSet());
    }

    public boolean sendsBody() {
        return !WITHOUT_BODY.contains(method);
    }
}
