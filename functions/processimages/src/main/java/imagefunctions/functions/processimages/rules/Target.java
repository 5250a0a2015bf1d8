package imagefunctions.functions.processimages.rules;

import imagefunctions.gatewayclient.FunctionRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A function, and what it is called with.
 *
 * @param parameters texts, numbers, true or false by name
 */
public record Target(String function, Map<String, Object> parameters) {
    /** The function that runs workflows, and its parameter that names one. */
    public static final String CHAINING = "chaining";

    public static final String WORKFLOW = "workflow";

    private static final Set<String> NOT_CONVERTERS = Set.of("processimages", "loadimages");

    public Target {
        if (!FunctionRequest.isFunctionName(function)) {
            throw new IllegalArgumentException("give a function's name, of letters, digits and - _ .");
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * A function without parameters that may be one for pictures.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Target converter(String function) {
        return new Target(function, Map.of()).converting();
    }

    /**
     * Checks that the function may be one for pictures.
     *
     * @throws IllegalArgumentException if it is not
     */
    Target converting() {
        if (NOT_CONVERTERS.contains(function)) {
            throw new IllegalArgumentException(
                    "it cannot convert a picture, give one that returns a picture, such as bw");
        }
        return this;
    }

    /**
     * Reads what {@link #toString} writes, of a function for pictures: {@code chaining?workflow=sizes}.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static Target parse(String text) {
        QueryStringDecoder url = new QueryStringDecoder(text);
        Map<String, Object> parameters = new LinkedHashMap<>();
        url.parameters().forEach((name, values) -> parameters.put(name, values.getLast()));
        return converter(url.path()).with(parameters);
    }

    /** The same with these parameters instead of its own of the same names. */
    public Target with(Map<String, ?> others) {
        Map<String, Object> all = new LinkedHashMap<>(parameters);
        all.putAll(others);
        return new Target(function, all);
    }

    /** The same with those of its parameters that have these names. */
    public Target keeping(Predicate<String> names) {
        Map<String, Object> some = new LinkedHashMap<>(parameters);
        some.keySet().removeIf(names.negate());
        return new Target(function, some);
    }

    /** The parameters as a picture's call has them: a query string, percent-encoded; it may be empty. */
    public String query() {
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As in a URL: {@code thumbnail?width=320}. */
    @Override
    public String toString() {
        return parameters.isEmpty() ? function : function + "?" + query();
    }
}
