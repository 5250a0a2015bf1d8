package imagefunctions.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/** Answers whose body is a value as JSON: records and collections of texts and numbers. */
public final class JsonReply {
    private static final String MEDIA_TYPE = "application/json";

    /** What writes a value. */
    private interface Writing<T> {
        T write() throws JsonProcessingException;
    }

    private JsonReply() {}

    /** An answer with this status and value. */
    public static Reply of(ObjectMapper json, int status, Object value) {
        return Reply.of(status, MEDIA_TYPE, written(() -> json.writeValueAsBytes(value)));
    }

    /** The same with a line feed behind the value. */
    public static Reply line(ObjectMapper json, int status, Object value) {
        return Reply.of(status, MEDIA_TYPE, (text(json, value) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The value alone. */
    public static String text(ObjectMapper json, Object value) {
        return written(() -> json.writeValueAsString(value));
    }

    private static <T> T written(Writing<T> value) {
        try {
            return value.write();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }
}
