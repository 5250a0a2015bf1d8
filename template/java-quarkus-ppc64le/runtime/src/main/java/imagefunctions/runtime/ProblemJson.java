package imagefunctions.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Writes a problem as RFC 9457 problem+json. */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonMapper JSON = new JsonMapper();

    private ProblemJson() {}

    /** The members that every problem has, then the problem's own. */
    public static byte[] write(Problem problem, String callId) {
        ObjectNode members = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(problem.status()).reasonPhrase())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("callId", callId);
        problem.extensions().forEach((name, value) -> members.set(name, JSON.valueToTree(value)));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
