package imagefunctions.asynccalls.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.reasons.Excerpt;
import java.io.IOException;
import java.util.Locale;

/** What an answer that is an error says: the detail of a problem (RFC 9457), that of a workflow's failed step, or plain text. */
final class ErrorText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_CHARS = 500;

    private ErrorText() {}

    /** On one line; empty if there are no words, or if they cannot be read. */
    static String of(FunctionAnswer answer) {
        String type = answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        try {
            String text = new String(answer.body().readNBytes(MOST_BYTES), UTF_8);
            String said = type.contains("json") ? ofProblem(text) : type.startsWith("text/plain") ? text : "";
            String line = said.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
            return Excerpt.of(line, MOST_CHARS, " ...");
        } catch (IOException lost) {
            return "";
        }
    }

    private static String ofProblem(String json) throws IOException {
        JsonNode problem = JSON.readTree(json);
        String ofStep = problem.path("stepText").asText();
        return ofStep.isBlank()
                ? problem.path("detail").asText()
                : "Step " + problem.path("step").asText() + ": " + detail(ofStep);
    }

    /** The text itself, if it is no problem. */
    private static String detail(String text) {
        try {
            return JSON.readTree(text).path("detail").asText(text);
        } catch (IOException noJson) {
            return text;
        }
    }
}
