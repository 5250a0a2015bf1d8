package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import imagefunctions.functions.chaining.workflow.FunctionCall;
import imagefunctions.gatewayclient.CallOutcome;
import imagefunctions.gatewayclient.FunctionRequest;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.pictures.ImageFunction;
import imagefunctions.reasons.Excerpt;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.RetryAfter;
import imagefunctions.retry.TransientStatus;
import imagefunctions.runtime.PercentEncoding;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes single requests to functions and reports their outcome. */
final class FunctionClient {
    /** How much of an error response's body is read. */
    private static final int ERROR_BYTES = 16 << 10;

    private static final int ERROR_TEXT = 2000;
    private static final String ANY_BYTES = "application/octet-stream";

    private final GatewayClient gateways;
    private final long maxBody;

    FunctionClient(GatewayClient gateways, long maxBody) {
        this.gateways = gateways;
        this.maxBody = maxBody;
    }

    /** The most bytes of one response. */
    long maxBody() {
        return maxBody;
    }

    /**
     * The outcome of one request.
     *
     * @param gateway the gateway that answered or was tried last; empty if none was
     */
    record Exchange(Answer answer, String gateway) {}

    /**
     * Makes one request, which goes to a second gateway if the first refuses it.
     *
     * @param context where the function is, and what the variables in the call's query and headers stand for
     * @param forwarded headers that the request carries beside the call's own
     */
    Exchange exchange(
            FunctionCall call,
            Body body,
            StepContext context,
            Map<String, String> forwarded,
            Deadline deadline,
            MemoryBudget.Share memory)
            throws InterruptedException {
        Duration left = deadline.left();
        try {
            CallOutcome<BoundedBody> outcome = gateways.call(
                    context.gateways(),
                    request(call, body, context, forwarded),
                    info -> BoundedBody.atMost(isSuccess(info.statusCode()) ? maxBody : ERROR_BYTES, memory),
                    left);
            return new Exchange(answer(outcome, left), outcome.gateway());
        } catch (IllegalArgumentException e) {
            return new Exchange(new Answer.InvalidRequest(String.valueOf(e.getMessage())), "");
        }
    }

    private static FunctionRequest request(
            FunctionCall call, Body body, StepContext context, Map<String, String> forwarded) {
        String query = call.query().entrySet().stream()
                .map(parameter -> PercentEncoding.of(parameter.getKey()) + "="
                        + PercentEncoding.of(parameter.getValue().with(context::value)))
                .collect(Collectors.joining("&"));
        Map<String, String> headers = new LinkedHashMap<>(forwarded);
        if (call.sendsBody()) {
            headers.put("Content-Type", sendableType(body.contentType()));
        }
        call.headers().forEach((name, value) -> headers.put(name, sendable(name, value.with(context::value))));
        return FunctionRequest.toFunction(
                call.function(),
                query,
                call.method(),
                headers,
                call.sendsBody() ? BodyPublishers.ofByteArray(body.bytes()) : BodyPublishers.noBody());
    }

    /** A type as it is, or what the HTTP client can send of it: the same without parameters, or that of any bytes. */
    private static String sendableType(String type) {
        return Stream.of(type, type.split(";", 2)[0].strip())
                .filter(FunctionClient::isAscii)
                .findFirst()
                .orElse(ANY_BYTES);
    }

    /** Refuses what the HTTP client would send as question marks. */
    private static String sendable(String name, String value) {
        if (!isAscii(value)) {
            throw new IllegalArgumentException(
                    "the header " + name + " would be \"" + value + "\", and can have ASCII characters only");
        }
        return value;
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private Answer answer(CallOutcome<BoundedBody> outcome, Duration time) {
        return switch (outcome) {
            case CallOutcome.Answered<BoundedBody>(var _, var response) -> answer(response);
            case CallOutcome.Broken<BoundedBody>(var _, var begun, var failure) -> broken(begun, failure);
            case CallOutcome.TimedOut<BoundedBody> t -> new Answer.TimedOut(time);
        };
    }

    private Answer answer(HttpResponse<BoundedBody> response) {
        int status = response.statusCode();
        BoundedBody received = response.body();
        if (!isSuccess(status)) {
            return refused(status, response.headers(), received.bytes());
        }
        return switch (received.end()) {
            case WHOLE ->
                new Answer.Done(
                        status,
                        new Body(
                                response.headers().firstValue("Content-Type").orElse(ANY_BYTES),
                                received.bytes(),
                                frames(response.headers())));
            case TOO_LARGE ->
                new Answer.Unusable(
                        status,
                        "its body is larger than " + maxBody
                                + " bytes: make it smaller, or raise IMAGE_FUNCTIONS_MAX_BODY");
            case MEMORY_EXHAUSTED -> new Answer.MemoryExhausted(status);
        };
    }

    private static Answer broken(Optional<ResponseInfo> begun, Throwable failure) {
        String reason = Reason.of(failure);
        if (begun.isEmpty()) {
            return failure instanceof IOException ? new Answer.Unreachable(reason) : new Answer.InvalidRequest(reason);
        }
        ResponseInfo info = begun.get();
        return isSuccess(info.statusCode())
                ? new Answer.Unusable(info.statusCode(), "its body was cut short (" + reason + ")")
                : refused(info.statusCode(), info.headers(), new byte[0]);
    }

    private static int frames(HttpHeaders headers) {
        return headers.firstValue(ImageFunction.FRAMES)
                .filter(frames -> frames.matches("[1-9][0-9]{0,8}"))
                .map(Integer::parseInt)
                .orElse(1);
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static Answer refused(int status, HttpHeaders headers, byte[] body) {
        String type = headers.firstValue("Content-Type").orElse("");
        boolean text = type.isEmpty() || type.matches("(?i)(text/|application/([^;]*\\+)?(json|xml)).*");
        String shown =
                text ? new String(body, StandardCharsets.UTF_8).strip() : "(" + body.length + " bytes of " + type + ")";
        return new Answer.Refused(
                status,
                Excerpt.of(shown, ERROR_TEXT, "..."),
                RetryAfter.of(headers).orElse(Duration.ZERO),
                headers.firstValue(TransientStatus.WORKFLOW_STEP).isPresent());
    }
}
