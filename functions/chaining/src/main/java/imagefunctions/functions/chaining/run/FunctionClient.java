package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.flow.Body;
import imagefunctions.functions.chaining.flow.FunctionCall;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes single requests to functions behind a gateway, and tells what became of them; it follows no redirect. */
final class FunctionClient {
    static final String STEP = "X-Workflow-Step";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** How much of an error's body is read. */
    private static final int ERROR_BYTES = 16 << 10;

    private static final int ERROR_TEXT = 2000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final long maxBody;

    FunctionClient(long maxBody) {
        this.maxBody = maxBody;
    }

    /**
     * One request.
     *
     * @param values what the names in the call's query and headers stand for
     * @param passed headers that every request of the run carries
     */
    Answer ask(
            URI gateway,
            FunctionCall call,
            Body body,
            Map<String, String> values,
            Map<String, String> passed,
            Deadline deadline,
            Memory.Share memory)
            throws InterruptedException {
        HttpRequest request;
        try {
            request = request(gateway, call, body, values, passed);
        } catch (IllegalArgumentException e) {
            return new Answer.NotSent(String.valueOf(e.getMessage()));
        }
        Exchange exchange = new Exchange(memory);
        Duration left = deadline.left();
        var response = http.sendAsync(request, exchange::reading);
        try {
            return exchange.answer(response.get(left.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Answer.TimedOut(left);
        } catch (ExecutionException e) {
            return exchange.broken(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            response.cancel(true);
        }
    }

    private static HttpRequest request(
            URI gateway, FunctionCall call, Body body, Map<String, String> values, Map<String, String> passed) {
        String query = call.query().entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue().with(values)))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create(gateway + "/function/" + call.function() + (query.isEmpty() ? "" : "?" + query)));
        passed.forEach(request::setHeader);
        if (call.sendsBody()) {
            request.setHeader("Content-Type", body.contentType());
        }
        call.headers().forEach((name, value) -> request.setHeader(name, value.with(values)));
        return request.method(
                        call.method(),
                        call.sendsBody() ? BodyPublishers.ofByteArray(body.bytes()) : BodyPublishers.noBody())
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** One request's answer as it arrives: a connection may break before its status is known, or after. */
    private final class Exchange {
        private final Memory.Share memory;
        private volatile @Nullable ResponseInfo begun;

        Exchange(Memory.Share memory) {
            this.memory = memory;
        }

        HttpResponse.BodySubscriber<Received> reading(ResponseInfo info) {
            begun = info;
            return Received.atMost(isSuccess(info.statusCode()) ? maxBody : ERROR_BYTES, memory);
        }

        Answer answer(HttpResponse<Received> response) {
            int status = response.statusCode();
            Received received = response.body();
            if (!isSuccess(status)) {
                return refused(status, response.headers(), received.bytes());
            }
            return switch (received.end()) {
                case WHOLE ->
                    new Answer.Done(
                            status,
                            new Body(
                                    response.headers()
                                            .firstValue("Content-Type")
                                            .orElse("application/octet-stream"),
                                    received.bytes()));
                case TOO_LARGE ->
                    new Answer.Unusable(
                            status,
                            "it answered more than " + maxBody
                                    + " bytes: let it answer less, or raise IMAGE_FUNCTIONS_MAX_BODY");
                case NO_ROOM -> new Answer.NoRoom(status);
            };
        }

        Answer broken(Throwable failure) {
            String reason = failure.getMessage() == null
                    ? failure.getClass().getSimpleName()
                    : failure.getClass().getSimpleName() + ": " + failure.getMessage();
            ResponseInfo info = begun;
            if (info == null) {
                return failure instanceof IOException ? new Answer.Unreachable(reason) : new Answer.NotSent(reason);
            }
            return isSuccess(info.statusCode())
                    ? new Answer.Unusable(info.statusCode(), "its answer broke off (" + reason + ")")
                    : refused(info.statusCode(), info.headers(), new byte[0]);
        }
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static Answer refused(int status, HttpHeaders headers, byte[] body) {
        String type = headers.firstValue("Content-Type").orElse("");
        boolean text = type.isEmpty() || type.matches("(?i)(text/|application/([^;]*\\+)?(json|xml)).*");
        String said =
                text ? new String(body, StandardCharsets.UTF_8).strip() : "(" + body.length + " bytes of " + type + ")";
        return new Answer.Refused(
                status,
                said.length() > ERROR_TEXT ? said.substring(0, ERROR_TEXT) + "..." : said,
                headers.firstValue("Retry-After")
                        .filter(seconds -> seconds.matches("\\d{1,4}"))
                        .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
                        .orElse(Duration.ZERO),
                headers.firstValue(STEP).isPresent());
    }
}
