package imagefunctions.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.FunctionRequest;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryAfter;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.retry.TransientStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Sends pictures to a function, and retries after transient failures. */
final class FunctionCall {
    private static final RetryPolicy RETRY =
            new RetryPolicy(6, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10)));
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REASON_BYTES = 4096;

    private final GatewayClient client;
    private final Gateways gateways;
    private final String function;
    private final String name;
    private final String query;

    /**
     * A function at one of the gateways.
     *
     * @param function with its parameters, if it needs some: {@code thumbnail?width=320}
     * @throws IllegalArgumentException if no request can be made of that
     */
    FunctionCall(GatewayClient client, Gateways gateways, String function) {
        this.client = client;
        this.gateways = gateways;
        this.function = function;
        URI checked = checked(function);
        this.name = checked.getRawPath().substring("/function/".length());
        this.query = Objects.requireNonNullElse(checked.getRawQuery(), "");
    }

    private static URI checked(String function) {
        try {
            URI path = URI.create("/function/" + function);
            if (path.getRawFragment() != null || path.getRawPath().equals("/function/")) {
                throw new IllegalArgumentException("write its name, with parameters as in thumbnail?width=320");
            }
            return path;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--function is \"" + function + "\": " + e.getMessage() + ".", e);
        }
    }

    Gateways gateways() {
        return gateways;
    }

    String function() {
        return function;
    }

    /** Where the function is at each of the gateways. */
    String addresses() {
        return gateways.addresses().stream()
                .map(gateway -> gateway + "/function/" + function)
                .collect(Collectors.joining(", "));
    }

    /**
     * Sends a picture and writes the result to the file.
     *
     * @return the result's content type
     * @throws ConnectException if no gateway can be reached
     * @throws IOException with the reason that the function gave, if there is no result
     */
    String send(Callable<InputStream> picture, Path result) throws IOException, InterruptedException {
        FunctionRequest request = FunctionRequest.toFunction(
                name, query, "POST", Map.of(), BodyPublishers.ofInputStream(() -> opened(picture)));
        for (int attempt = 1; ; attempt++) {
            // Without CREATE: a file that was deleted at the end of the run does not come back.
            BodyHandler<Path> intoFile =
                    BodyHandlers.ofFile(result, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            CallOutcome<Path> outcome = client.call(gateways, request, intoFile, TIMEOUT);
            if (outcome instanceof CallOutcome.Answered<Path>(var _, var response)
                    && response.statusCode() == 200
                    && Files.size(result) > 0) {
                return response.headers().firstValue("Content-Type").orElse("application/octet-stream");
            }
            Duration pause = retryAfter(outcome).plus(RETRY.backoff().withJitter(attempt));
            if (!isTransient(outcome) || !RETRY.allowsAfter(attempt) || pause.compareTo(TIMEOUT) > 0) {
                throw failure(outcome, result);
            }
            Thread.sleep(pause);
        }
    }

    private static InputStream opened(Callable<InputStream> picture) {
        try {
            return picture.call();
        } catch (Exception e) {
            throw new IllegalStateException(Reason.of(e), e);
        }
    }

    private boolean isTransient(CallOutcome<Path> outcome) {
        return switch (outcome) {
            case CallOutcome.Answered<Path>(var _, var response) ->
                TransientStatus.isTransient(response.statusCode())
                        // A workflow has repeated its own calls already.
                        && response.headers()
                                .firstValue(TransientStatus.WORKFLOW_STEP)
                                .isEmpty();
            // The only gateway is not waited for: it is a wrong address, or was never started.
            case CallOutcome.Broken<Path> broken ->
                broken.isUnreachable() && gateways.addresses().size() > 1;
            case CallOutcome.TimedOut<Path> t -> false;
        };
    }

    private static Duration retryAfter(CallOutcome<Path> outcome) {
        return outcome instanceof CallOutcome.Answered<Path>(var _, var response)
                ? RetryAfter.of(response.headers()).orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    private IOException failure(CallOutcome<Path> outcome, Path result) throws IOException {
        return switch (outcome) {
            case CallOutcome.Answered<Path>(var _, var response) ->
                new IOException(
                        function + " answered " + response.statusCode() + reason(response.statusCode(), result));
            case CallOutcome.Broken<Path> broken -> {
                String message = Reason.of(broken.failure());
                yield broken.isUnreachable()
                        ? new ConnectException(message)
                        : new IOException(message, broken.failure());
            }
            case CallOutcome.TimedOut<Path> t ->
                new IOException(function + " did not answer within " + TIMEOUT.toSeconds() + " s.");
        };
    }

    /** The detail of problem+json, where there is one. */
    private static String reason(int status, Path answer) throws IOException {
        if (status == 200) {
            return " with an empty body: see its log.";
        }
        try (InputStream in = Files.newInputStream(answer)) {
            String detail =
                    JSON.readTree(in.readNBytes(REASON_BYTES)).path("detail").asText();
            return detail.isEmpty() ? "." : ": " + detail;
        } catch (JsonProcessingException noJson) {
            return ".";
        }
    }
}
