package imagefunctions.functions.loadimages;

import com.fasterxml.jackson.databind.JsonNode;
import imagefunctions.buckets.Detail;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.JsonBody;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request to download images.
 *
 * @param urls as given, not yet checked
 */
record LoadRequest(List<String> urls, Naming naming, boolean detail) {
    private static final Set<String> PARAMETERS = Set.of("names", Detail.PARAMETER);

    static LoadRequest read(Call call) {
        for (String parameter : call.parameters().keySet()) {
            if (!PARAMETERS.contains(parameter)) {
                throw bad("There is no parameter \"" + parameter + "\"; the parameters are names and detail.");
            }
        }
        return new LoadRequest(
                urls(call.body()), Naming.of(call.parameters().getOrDefault("names", "uuid")), Detail.wanted(call));
    }

    private static List<String> urls(byte[] body) {
        JsonNode list = tree(body).path("urls");
        if (!list.isArray()) {
            throw shape();
        }
        List<String> urls = new ArrayList<>();
        for (JsonNode url : list) {
            if (!url.isTextual()) {
                throw shape();
            }
            urls.add(url.asText());
        }
        if (urls.isEmpty()) {
            throw shape();
        }
        return urls;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JsonBody.read(body);
        } catch (IOException e) {
            throw shape();
        }
    }

    private static ProblemException shape() {
        return bad("Send JSON of this form: {\"urls\": [\"https://example.com/photo.jpg\"]}.");
    }

    private static ProblemException bad(String detail) {
        return new Problem.BadRequest(detail).asException();
    }
}
