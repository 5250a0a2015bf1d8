package imagefunctions.tracing;

import imagefunctions.traces.Span;
import imagefunctions.traces.TraceContext;
import imagefunctions.traces.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends spans to a collector, in batches (OTLP over HTTP); what it does not take in time is dropped. */
final class OtlpTraces implements Traces, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** The process ends with or without the last spans. */
    private static final Duration AT_THE_END = Duration.ofSeconds(2);

    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * Connects with the first batch.
     *
     * @param endpoint the collector's address, without {@code /v1/traces}
     * @param headers that each batch carries
     * @param service what this process is called
     */
    OtlpTraces(URI endpoint, Map<String, String> headers, String service) {
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString().replaceFirst("/+$", "") + "/v1/traces")
                .setTimeout(TIMEOUT);
        headers.forEach(exporter::addHeader);
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setScheduleDelay(EVERY)
                        .build())
                .build();
        this.tracer = provider.get("image-functions");
    }

    @Override
    public Span begin(Kind kind, String name, Optional<TraceContext> parent) {
        Context within = parent.map(OtlpTraces::remote).orElse(Context.root());
        return new Recorded(
                tracer.spanBuilder(name)
                        .setParent(within)
                        .setSpanKind(SpanKind.valueOf(kind.name()))
                        .startSpan(),
                kind,
                parent.map(TraceContext::state).orElse(""));
    }

    private static Context remote(TraceContext parent) {
        return Context.root()
                .with(io.opentelemetry.api.trace.Span.wrap(SpanContext.createFromRemoteParent(
                        parent.traceId(),
                        parent.spanId(),
                        TraceFlags.fromHex(parent.flags(), 0),
                        TraceState.getDefault())));
    }

    @Override
    public void close() {
        provider.shutdown().join(AT_THE_END.toMillis(), TimeUnit.MILLISECONDS);
    }

    private record Recorded(io.opentelemetry.api.trace.Span span, Kind kind, String state) implements Span {
        @Override
        public TraceContext context() {
            SpanContext context = span.getSpanContext();
            return new TraceContext(
                    context.getTraceId(),
                    context.getSpanId(),
                    context.getTraceFlags().asHex(),
                    state);
        }

        @Override
        public Span with(String attribute, String value) {
            span.setAttribute(attribute, value);
            return this;
        }

        @Override
        public void answered(int status) {
            span.setAttribute(STATUS, status);
            if (status >= (kind == Kind.CLIENT ? 400 : 500)) {
                span.setStatus(StatusCode.ERROR);
            }
        }

        @Override
        public void failed(String reason) {
            span.setStatus(StatusCode.ERROR, reason);
        }

        @Override
        public void close() {
            span.end();
        }
    }
}
