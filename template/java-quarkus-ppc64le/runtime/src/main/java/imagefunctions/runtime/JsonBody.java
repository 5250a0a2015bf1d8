package imagefunctions.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Bodies that are JSON. A value may take thirty times its bytes of memory, so their number is limited. */
public final class JsonBody {
    /** Brackets, names and values: some tens of megabytes at most. */
    private static final int MAX_TOKENS = 250_000;

    private static final JsonMapper JSON = JsonMapper.builder(factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    /** What reads JSON of limited size, and throws {@link StreamConstraintsException} if it is larger. */
    public static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxTokenCount(MAX_TOKENS)
                        .build())
                .build();
    }

    /**
     * Reads a body that is one JSON value.
     *
     * @throws IOException if it is not
     * @throws ProblemException if it is larger than is read
     */
    public static JsonNode read(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new Problem.TooLarge("The JSON is too large: it may have " + MAX_TOKENS
                            + " brackets, names and values, and no very long or deeply nested ones.")
                    .asException();
        }
    }
}
