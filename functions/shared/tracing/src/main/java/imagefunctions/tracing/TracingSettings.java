package imagefunctions.tracing;

import imagefunctions.traces.Traces;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads where spans go from OpenTelemetry's own variables; without an endpoint, nothing of its library is loaded. */
@Singleton
final class TracingSettings {
    @Produces
    @Singleton
    Traces traces(
            @ConfigProperty(name = "OTEL_EXPORTER_OTLP_ENDPOINT") Optional<String> endpoint,
            @ConfigProperty(name = "OTEL_EXPORTER_OTLP_HEADERS") Optional<List<String>> headers,
            @ConfigProperty(name = "OTEL_SERVICE_NAME", defaultValue = "image-functions") String service) {
        return endpoint.<Traces>map(url -> new OtlpTraces(address(url), pairs(headers.orElse(List.of())), service))
                .orElse(Traces.NONE);
    }

    void close(@Disposes Traces traces) {
        if (traces instanceof OtlpTraces exporting) {
            exporting.close();
        }
    }

    private static URI address(String text) {
        URI uri = URI.create(text.strip());
        if (uri.getHost() == null || !List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("OTEL_EXPORTER_OTLP_ENDPOINT is \"" + text
                    + "\": write the address of a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318");
        }
        return uri;
    }

    private static Map<String, String> pairs(List<String> headers) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String header : headers) {
            String[] pair = header.split("=", 2);
            if (pair.length < 2 || pair[0].isBlank()) {
                throw new IllegalArgumentException("OTEL_EXPORTER_OTLP_HEADERS has \"" + header
                        + "\": write NAME=VALUE, several separated by commas");
            }
            pairs.put(pair[0].strip(), pair[1].strip());
        }
        return pairs;
    }
}
