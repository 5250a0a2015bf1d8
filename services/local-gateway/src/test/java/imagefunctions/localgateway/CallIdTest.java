package imagefunctions.localgateway;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.asynccalls.Call;
import imagefunctions.runtime.CallId;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runtime and the queue know nothing of each other, so each has its own check of call ids. */
final class CallIdTest {

    static Stream<String> ids() {
        return Stream.concat(
                Stream.of(
                        "",
                        ".",
                        "..",
                        "a:b.c_d-e",
                        "a b",
                        "a/b",
                        "a\\b",
                        "a\nb",
                        "ä",
                        "a".repeat(128),
                        "a".repeat(129)),
                Stream.iterate(0, c -> c < 256, c -> c + 1).map(c -> "x" + (char) c.intValue()));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theQueueTakesTheCallIdsThatTheRuntimeTakes(String id) {
        assertThat(Call.isId(id)).isEqualTo(CallId.isUsable(id));
    }
}
