package imagefunctions.functions.processimages;

import imagefunctions.buckets.Detail;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import imagefunctions.storage.ObjectInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The function that converts, and its parameters.
 *
 * @param query its query string, percent-encoded; may be empty
 * @param explicit whether the caller named it, so that results of other functions do not count
 */
record Target(String function, String query, boolean explicit) {
    private static final Pattern NAME = Pattern.compile("[-a-zA-Z_0-9.]{1,128}");
    private static final Set<String> NOT_CONVERTERS = Set.of("processimages", "loadimages");
    private static final String PARAMETER = "function";
    private static final String WORKFLOW = "workflow";
    private static final String CHAINING = "chaining";

    Target {
        if (!NAME.matcher(function).matches() || NOT_CONVERTERS.contains(function)) {
            throw new Problem.BadRequest("function=" + function
                            + " cannot convert a picture: give the name of a function that returns one, such as bw.")
                    .asException();
        }
    }

    /** From a call's query, where a workflow is one of chaining's; parameters other than those of processimages itself go to the function. */
    static Target of(Call call, String defaultFunction) {
        Map<String, String> parameters = call.parameters();
        String query = parameters.entrySet().stream()
                .filter(p -> !p.getKey().equals(PARAMETER) && !p.getKey().equals(Detail.PARAMETER))
                .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                .collect(Collectors.joining("&"));
        String function = parameters.containsKey(WORKFLOW) ? CHAINING : defaultFunction;
        return new Target(
                parameters.getOrDefault(PARAMETER, function),
                query,
                parameters.containsKey(PARAMETER) || parameters.containsKey(WORKFLOW));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether this result for the same picture is good enough. */
    boolean accepts(ObjectInfo result) {
        return !explicit || toString().equals(result.metadata().get(ObjectInfo.FUNCTION));
    }

    /** As in a URL: {@code thumbnail?width=320}. */
    @Override
    public String toString() {
        return query.isEmpty() ? function : function + "?" + query;
    }
}
