package imagefunctions.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.Reply;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** Writes records as JSON. */
@Singleton
final class Json {
    private final ObjectMapper json;

    Json(ObjectMapper json) {
        this.json = json;
    }

    /** The value on one line. */
    String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }

    /** An answer with the value as its body. */
    Reply reply(int status, Object value) {
        return Reply.of(status, "application/json", (text(value) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
