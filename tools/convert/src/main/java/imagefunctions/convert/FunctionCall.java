package imagefunctions.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends pictures to a function, again where it has no room or no time now. */
final class FunctionCall {
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);
    private static final int ATTEMPTS = 6;
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REASON_BYTES = 4096;

    private final URI gateway;
    private final String function;
    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    FunctionCall(URI gateway, String function) {
        this.gateway = gateway;
        this.function = function;
        String base = gateway.toString();
        this.address = URI.create((base.endsWith("/") ? base : base + "/") + "function/" + function);
    }

    URI gateway() {
        return gateway;
    }

    URI address() {
        return address;
    }

    String function() {
        return function;
    }

    /**
     * Sends a picture and writes the result to the file.
     *
     * @return the result's content type
     * @throws ConnectException if nobody answers at the gateway's address
     * @throws IOException with the reason that the function gave, if there is no result
     */
    String send(Callable<InputStream> picture, Path result) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<Path> response = once(picture, result);
            if (response.statusCode() == 200 && Files.size(result) > 0) {
                return response.headers().firstValue("Content-Type").orElse("application/octet-stream");
            }
            if (attempt == ATTEMPTS || !LATER.contains(response.statusCode())) {
                throw new IOException(function + " answered " + response.statusCode() + reason(result));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_WAIT_MILLIS << (attempt - 1)));
        }
    }

    private HttpResponse<Path> once(Callable<InputStream> picture, Path result)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofInputStream(() -> opened(picture)))
                .build();
        // Without CREATE: a file that was deleted at the end of the run does not come back.
        return http.send(
                request, BodyHandlers.ofFile(result, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
    }

    private static InputStream opened(Callable<InputStream> picture) {
        try {
            return picture.call();
        } catch (Exception e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The detail of problem+json, where there is one. */
    private static String reason(Path answer) throws IOException {
        try (InputStream in = Files.newInputStream(answer)) {
            String detail =
                    JSON.readTree(in.readNBytes(REASON_BYTES)).path("detail").asText();
            return detail.isEmpty() ? "." : ": " + detail;
        } catch (JsonProcessingException noJson) {
            return ".";
        }
    }
}
