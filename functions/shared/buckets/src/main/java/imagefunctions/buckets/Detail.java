package imagefunctions.buckets;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whether the caller wants one entry per item, or only the names of the successful ones. */
public final class Detail {
    /** The name of the query parameter. */
    public static final String PARAMETER = "detail";

    private Detail() {}

    /** By {@code ?detail=true}, or by {@code Accept: application/json;detail=full}. */
    public static boolean wanted(Call call) {
        return switch (call.parameters().getOrDefault(PARAMETER, "")) {
            case "true" -> true;
            case "false" -> false;
            case "" -> call.headers().allValues("Accept").stream().anyMatch(Detail::asks);
            default -> throw new Problem.BadRequest("detail must be true or false.").asException();
        };
    }

    private static boolean asks(String accept) {
        return Arrays.stream(accept.split(",", -1))
                .map(range ->
                        List.of(range.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1)))
                .anyMatch(range -> range.getFirst().equals("application/json") && range.contains("detail=full"));
    }
}
