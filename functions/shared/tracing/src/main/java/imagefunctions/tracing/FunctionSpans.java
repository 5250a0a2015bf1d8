package imagefunctions.tracing;

import imagefunctions.runtime.Call;
import imagefunctions.runtime.funqy.CallTracing;
import imagefunctions.traces.Span;
import imagefunctions.traces.TraceContext;
import imagefunctions.traces.Traces;
import jakarta.inject.Singleton;

/** A span for each call of a function of this process. */
@Singleton
final class FunctionSpans implements CallTracing {
    private final Traces traces;

    FunctionSpans(Traces traces) {
        this.traces = traces;
    }

    @Override
    public Followed follow(Call call) {
        Span span = traces.begin(Traces.Kind.INTERNAL, call.function(), TraceContext.of(call::header))
                .with("faas.name", call.function())
                .with("call.id", call.id());
        Call followed = call.with(span.context().headers());
        return new Followed() {
            @Override
            public Call call() {
                return followed;
            }

            @Override
            public void ended(int status) {
                span.answered(status);
                span.close();
            }
        };
    }
}
