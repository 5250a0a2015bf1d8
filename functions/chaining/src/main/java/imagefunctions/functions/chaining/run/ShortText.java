package imagefunctions.functions.chaining.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.functions.chaining.workflow.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a step answers for a {@code when}: a text, or a JSON string; numbers and booleans are as they are written. */
final class ShortText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MOST = 1000;

    private ShortText() {}

    /**
     * Reads it.
     *
     * @throws IOException if it is longer than a thousand bytes
     */
    static String of(Body answer) throws IOException {
        if (answer.size() > MOST) {
            throw new IOException("it has " + answer.size() + " bytes, at most " + MOST + " are allowed");
        }
        String text = new String(answer.bytes(), StandardCharsets.UTF_8).strip();
        return text.startsWith("\"") ? unquoted(text) : text;
    }

    private static String unquoted(String text) {
        try {
            return JSON.readValue(text, String.class);
        } catch (JsonProcessingException plainText) {
            return text;
        }
    }
}
