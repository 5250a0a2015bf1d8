package imagefunctions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProblemJsonTest {

    @Test
    void extensionMembersFollowThoseOfEveryProblem() {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("step", "sizes[100]/thumbnail");
        extensions.put("attempts", 3);
        extensions.put("leftOut", List.of("bw"));

        byte[] json = ProblemJson.write(new Problem.Extended(502, "The step failed.", extensions), "call-1");

        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualToIgnoringWhitespace("""
                {
                  "type": "about:blank",
                  "title": "Bad Gateway",
                  "status": 502,
                  "detail": "The step failed.",
                  "callId": "call-1",
                  "step": "sizes[100]/thumbnail",
                  "attempts": 3,
                  "leftOut": ["bw"]
                }
                """);
    }

    @Test
    void aProblemOfItsOwnStatusKeepsIt() {
        assertThat(new Problem.Extended(504, "Late.", Map.of()).status()).isEqualTo(504);
    }
}
