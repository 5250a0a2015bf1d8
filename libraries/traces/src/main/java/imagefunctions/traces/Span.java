package imagefunctions.traces;

/** One piece of work in a trace, from {@link Traces#begin} until it is closed. */
public interface Span extends AutoCloseable {
    /** What requests that are part of this work carry. */
    TraceContext context();

    /** Says something about it, by a name of OpenTelemetry's semantic conventions where there is one. */
    Span with(String attribute, String value);

    /** Says which status it was answered with; 500 and above are failures of a server, 400 and above of a client. */
    void answered(int status);

    /** Says that there was no answer, and why. */
    void failed(String reason);

    /** Ends it. */
    @Override
    void close();
}
