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
 * The function that converts.
 *
 * @param query what it is to know, percent-encoded: may be empty
 * @param chosen whether the caller named it, and does not take the result of another one
 */
record Target(String function, String query, boolean chosen) {
    private static final Pattern NAME = Pattern.compile("[-a-zA-Z_0-9.]{1,128}");
    private static final Set<String> NO_CONVERTERS = Set.of("processimages", "loadimages");
    private static final String PARAMETER = "function";

    Target {
        if (!NAME.matcher(function).matches() || NO_CONVERTERS.contains(function)) {
            throw new Problem.BadRequest("function=" + function
                            + " cannot convert a picture: give the name of a function that answers with one, as bw.")
                    .asException();
        }
    }

    /** From the query of a call: what is not for processimages itself goes to the function. */
    static Target of(Call call, String otherwise) {
        Map<String, String> parameters = call.parameters();
        String query = parameters.entrySet().stream()
                .filter(p -> !p.getKey().equals(PARAMETER) && !p.getKey().equals(Detail.PARAMETER))
                .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                .collect(Collectors.joining("&"));
        return new Target(parameters.getOrDefault(PARAMETER, otherwise), query, parameters.containsKey(PARAMETER));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether this result of the same picture need not be made again. */
    boolean suits(ObjectInfo result) {
        return !chosen || toString().equals(result.metadata().get(ObjectInfo.FUNCTION));
    }

    /** As in a URL: {@code thumbnail?width=320}. */
    @Override
    public String toString() {
        return query.isEmpty() ? function : function + "?" + query;
    }
}
