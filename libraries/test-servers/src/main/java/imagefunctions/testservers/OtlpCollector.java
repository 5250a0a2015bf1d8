package imagefunctions.testservers;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Takes spans as OpenTelemetry's collector does: OTLP in protobuf over HTTP. */
public final class OtlpCollector implements AutoCloseable {
    /**
     * A span that came.
     *
     * @param parent empty at the beginning of a trace
     * @param attributes numbers as texts
     */
    public record Received(
            String service,
            String name,
            String kind,
            String trace,
            String id,
            String parent,
            boolean failed,
            Map<String, String> attributes) {}

    private final HttpServer server;
    private final Queue<Received> spans = new ConcurrentLinkedQueue<>();
    private final Queue<Map<String, List<String>>> headers = new ConcurrentLinkedQueue<>();

    public OtlpCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            headers.add(exchange.getRequestHeaders());
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body =
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                take(body.readAllBytes());
            }
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    private void take(byte[] request) throws InvalidProtocolBufferException {
        for (ResourceSpans resource :
                ExportTraceServiceRequest.parseFrom(request).getResourceSpansList()) {
            String service =
                    attributes(resource.getResource().getAttributesList()).getOrDefault("service.name", "");
            resource.getScopeSpansList()
                    .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(received(service, span))));
        }
    }

    private static Received received(String service, Span span) {
        return new Received(
                service,
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                HexFormat.of().formatHex(span.getTraceId().toByteArray()),
                HexFormat.of().formatHex(span.getSpanId().toByteArray()),
                HexFormat.of().formatHex(span.getParentSpanId().toByteArray()),
                span.getStatus().getCode().getNumber() == 2,
                attributes(span.getAttributesList()));
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        attribute -> attribute.getValue().hasIntValue()
                                ? Long.toString(attribute.getValue().getIntValue())
                                : attribute.getValue().getStringValue()));
    }

    /** Its address, for OTEL_EXPORTER_OTLP_ENDPOINT. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What has come of one trace, in any order. */
    public List<Received> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    /** The headers of each batch. */
    public List<Map<String, List<String>>> headers() {
        return List.copyOf(headers);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
