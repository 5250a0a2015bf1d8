package imagefunctions.buckets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.Reply;
import java.util.List;

/** The answers of functions that do many things at once. */
public final class JsonReply {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReply() {}

    /** The names of what went well; X-Failed counts what did not. */
    public static Reply names(List<String> names, long failed) {
        return of(200, names, failed);
    }

    /** One entry each: 200 if all went well, else 207. */
    public static Reply entries(List<?> entries, long failed) {
        return of(failed == 0 ? 200 : 207, entries, failed);
    }

    private static Reply of(int status, Object value, long failed) {
        try {
            return Reply.of(status, "application/json", JSON.writeValueAsBytes(value))
                    .with("X-Failed", String.valueOf(failed));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }
}
