package imagefunctions.localgateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.runtime.Reply;
import jakarta.inject.Singleton;

/** Answers that are records as JSON. */
@Singleton
public final class JsonReplies {
    private final ObjectMapper json;

    JsonReplies(ObjectMapper json) {
        this.json = json;
    }

    /** A 200 with this value. */
    public Reply of(Object value) {
        return of(200, value);
    }

    /** An answer with this status and value. */
    public Reply of(int status, Object value) {
        try {
            return Reply.of(status, "application/json", json.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }
}
