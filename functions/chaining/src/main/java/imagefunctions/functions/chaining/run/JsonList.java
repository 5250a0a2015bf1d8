package imagefunctions.functions.chaining.run;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imagefunctions.functions.chaining.workflow.Bounds;
import imagefunctions.runtime.JsonBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON list of strings, numbers and booleans for a {@code foreach} to iterate over. */
final class JsonList {
    private static final JsonMapper JSON = JsonMapper.builder(JsonBody.factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonList() {}

    /**
     * Reads the list.
     *
     * @throws IOException if it is not such a list, with the reason
     */
    static List<String> of(byte[] json) throws IOException {
        JsonNode root = tree(json);
        if (!root.isArray()) {
            throw new IOException("it is JSON, but not a list");
        }
        if (root.size() > Bounds.VALUES) {
            throw new IOException("it has " + root.size() + " values, at most " + Bounds.VALUES + " are allowed");
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : root) {
            if (!value.isValueNode() || value.isNull()) {
                throw new IOException("value " + values.size() + " is not a string, number or boolean");
            }
            values.add(value.asText());
        }
        return values;
    }

    private static JsonNode tree(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (StreamConstraintsException e) {
            throw new IOException("it has far more than " + Bounds.VALUES + " values, or far too long ones", e);
        }
    }
}
