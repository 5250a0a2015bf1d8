package imagefunctions.runtime;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a function is used, as it answers a GET: in words, or as JSON for those who ask for {@code application/json}.
 *
 * @param text for people
 * @param summary what it does, in one sentence
 * @param accepts the media type of its body: {@code image/*}
 * @param parameters its query parameters
 * @param variants other ways to call it, if there are
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Usage(
        @JsonIgnore String text, String summary, String accepts, List<Parameter> parameters, List<Variant> variants) {
    private static final String JSON_TYPE = "application/json";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A query parameter.
     *
     * @param values all that are allowed, if they are so few
     * @param minimum the least number that is allowed, if it is one
     * @param maximum the greatest number that is allowed, if it is one
     * @param defaultValue in words
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Parameter(
            String name,
            String meaning,
            List<String> values,
            @Nullable Integer minimum,
            @Nullable Integer maximum,
            @JsonProperty("default") String defaultValue) {

        public static Parameter oneOf(String name, String meaning, List<String> values, String defaultValue) {
            return new Parameter(name, meaning, values, null, null, defaultValue);
        }

        public static Parameter number(String name, String meaning, int least, int most, String defaultValue) {
            return new Parameter(name, meaning, List.of(), least, most, defaultValue);
        }

        /** Of any text. */
        public static Parameter text(String name, String meaning) {
            return new Parameter(name, meaning, List.of(), null, null, "");
        }
    }

    /**
     * A way to call the function that has a name.
     *
     * @param query what chooses it: {@code workflow=sizes}
     * @param summary what it does
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Variant(String name, String query, String summary, List<Parameter> parameters) {}

    /** The answer to a GET. */
    public Reply reply(Call call) {
        Reply reply =
                call.header("Accept").orElse("").contains(JSON_TYPE) ? Reply.of(JSON_TYPE, json()) : Reply.text(text);
        return reply.with("Vary", "Accept");
    }

    private byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of texts and numbers are always JSON", e);
        }
    }
}
