package imagefunctions.receiver;

import imagefunctions.runtime.CallId;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import imagefunctions.runtime.http.BodyReader;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a message's sender states about it, checked.
 *
 * @param status of the function, as it stands in the header, since the signature covers that
 */
record Envelope(
        String name,
        String callId,
        String function,
        String status,
        Optional<Double> seconds,
        Optional<String> signature,
        OptionalLong length) {
    private static final int MAX_FUNCTION_CHARS = 200;

    /** @throws ProblemException (400) for a name, call id or status that cannot be taken */
    static Envelope of(HttpServerRequest request, String rawName) {
        String name = decode(rawName);
        MessageNames.fault(name).ifPresent(fault -> {
            throw new Problem.BadRequest(fault).asException();
        });
        String callId = header(request, CallId.HEADER).orElseGet(CallId::make);
        if (!CallId.isUsable(callId)) {
            throw new Problem.BadRequest("The X-Call-Id is not 1 to 128 of letters, digits and . _ : - in all.")
                    .asException();
        }
        String status = header(request, "X-Function-Status").orElse("200");
        if (!status.matches("[1-9]\\d\\d")) {
            throw new Problem.BadRequest("The X-Function-Status is no HTTP status: send the function's, such as 200.")
                    .asException();
        }
        return new Envelope(
                name,
                callId,
                header(request, "X-Function-Name").map(Envelope::shown).orElse("-"),
                status,
                header(request, "X-Duration-Seconds").flatMap(Envelope::number),
                header(request, Signature.HEADER),
                BodyReader.announced(request));
    }

    /** A request's path, which may begin with several slashes: a base URL that ends with one leaves two. */
    static String path(HttpServerRequest request) {
        return request.path().replaceFirst("^/+", "/");
    }

    static String decode(String rawName) {
        try {
            return URLDecoder.decode(rawName.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem.BadRequest("The name is not percent-encoded as URLs are: " + e.getMessage())
                    .asException();
        }
    }

    Message.Key key() {
        return new Message.Key(callId, name, status.charAt(0) != '2');
    }

    private static Optional<String> header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).filter(value -> !value.isBlank());
    }

    private static String shown(String function) {
        String printable = function.replaceAll("\\p{Cntrl}", " ");
        return printable.substring(0, Math.min(MAX_FUNCTION_CHARS, printable.length()));
    }

    private static Optional<Double> number(String text) {
        try {
            double seconds = Double.parseDouble(text);
            return Double.isFinite(seconds) && seconds >= 0 ? Optional.of(seconds) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
