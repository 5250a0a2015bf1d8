package imagefunctions.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.FunctionRequest;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.gatewayclient.Gateways;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryAfter;
import imagefunctions.retry.RetryPolicy;
import imagefunctions.retry.TransientStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/** Sends pictures to a function, again after a failure that may pass. */
final class FunctionCall {
    private static final RetryPolicy RETRY =
            new RetryPolicy(6, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10)));
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REASON_BYTES = 4096;

    private final GatewayClient client;
    private final Gateways gateways;
    private final String function;

    /** A function with its parameters: {@code thumbnail?width=320}. */
    FunctionCall(GatewayClient client, Gateways gateways, String function) {
        this.client = client;
        this.gateways = gateways;
        this.function = function;
    }

    Gateways gateways() {
        return gateways;
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
     * @throws ConnectException if no gateway can be reached
     * @throws IOException with the reason that the function gave, if there is no result
     */
    String send(Callable<InputStream> picture, Path result) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            CallOutcome<Path> outcome = client.call(gateways, request(picture), into(result), TIMEOUT);
            if (isResult(outcome, result)) {
                return contentType(outcome);
            }
            Duration wait = retryAfter(outcome).plus(RETRY.backoff().withJitter(attempt));
            if (!isTransient(outcome) || !RETRY.allowsAfter(attempt) || wait.compareTo(TIMEOUT) > 0) {
                throw failure(outcome, result);
            }
            Thread.sleep(wait);
        }
    }

    private FunctionRequest request(Callable<InputStream> picture) {
        int parameters = function.indexOf('?');
        return new FunctionRequest(
                parameters < 0 ? function : function.substring(0, parameters),
                parameters < 0 ? "" : function.substring(parameters + 1),
                "POST",
                Map.of(),
                BodyPublishers.ofInputStream(() -> opened(picture)));
    }
}
