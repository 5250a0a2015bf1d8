package imagefunctions.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private static Optional<TraceContext> of(Map<String, String> headers) {
        return TraceContext.of(name -> Optional.ofNullable(headers.get(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-" + TRACE + "-" + SPAN + "-01", "cc-" + TRACE + "-" + SPAN + "-01-what-comes-later"})
    void aChildIsOfTheSameTraceWithTheSameStateAndAnotherSpan(String parent) {
        TraceContext context = of(Map.of(
                        "traceparent", parent, "tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"))
                .orElseThrow();

        Map<String, String> headers = context.child().headers();

        assertThat(headers).containsEntry("tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
        assertThat(headers.get("traceparent"))
                .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                .doesNotContain(SPAN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-1"
            })
    void whatIsNotValidIsNone(String parent) {
        assertThat(of(Map.of("traceparent", parent, "tracestate", "a=b"))).isEmpty();
    }

    @Test
    void withoutAParentATraceBegins() {
        try (Span first = Traces.NONE.begin(Traces.Kind.SERVER, "first", Optional.empty());
                Span second = Traces.NONE.begin(Traces.Kind.CLIENT, "second", Optional.of(first.context()))) {
            assertThat(of(first.context().headers())).contains(first.context());
            assertThat(second.context().traceId()).isEqualTo(first.context().traceId());
            assertThat(second.context().spanId()).isNotEqualTo(first.context().spanId());
        }
    }
}
