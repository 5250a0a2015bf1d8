package imagefunctions.traces;

import java.util.Optional;

/** Where spans go. */
@FunctionalInterface
public interface Traces {
    /** Nowhere: requests carry their context all the same. */
    Traces NONE = (kind, name, parent) ->
            new Unrecorded(parent.map(TraceContext::child).orElseGet(TraceContext::make));

    /** Begins a span, of the trace of its parent or of a new one. */
    Span begin(Kind kind, String name, Optional<TraceContext> parent);

    /** How a span takes part in a request: it serves it, it makes it, or neither. */
    enum Kind {
        SERVER,
        CLIENT,
        INTERNAL
    }

    /** A span that is not kept. */
    record Unrecorded(TraceContext context) implements Span {
        @Override
        public Span with(String attribute, String value) {
            return this;
        }

        @Override
        public void answered(int status) {}

        @Override
        public void failed(String reason) {}

        @Override
        public void close() {}
    }
}
