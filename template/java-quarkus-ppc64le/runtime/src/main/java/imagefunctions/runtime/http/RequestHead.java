package imagefunctions.runtime.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import imagefunctions.runtime.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the head of a request for what nobody behind would answer in words. */
final class RequestHead {
    /** Those that OpenFaaS passes on to functions. */
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    /** In which Vert.x finds no path. */
    private static final Pattern ONLY_SLASHES = Pattern.compile("//+(\\?.*)?");

    private RequestHead() {}

    /** What is wrong with it; if nothing is, its values beyond ASCII are texts afterwards, where Netty has bytes. */
    static Optional<Problem> check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(undecoded(request.decoderResult().cause()));
        }
        if (request.protocolVersion().majorVersion() != 1) {
            return bad("This is " + request.protocolVersion()
                    + ", which is not spoken here: send the request by HTTP/1.1.");
        }
        return oneHost(request)
                .or(() -> method(request.method()))
                .or(() -> target(request.uri()))
                .or(() -> host(withHostOfTarget(request).headers()))
                .or(() -> texts(request.headers()));
    }

    private static Problem undecoded(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException e ->
                new Problem.Extended(414, "The request's URL is too long: send what is large in the body.", Map.of());
            case TooLongHttpHeaderException e ->
                new Problem.Extended(431, "The request's headers are too large: send fewer or shorter ones.", Map.of());
            default ->
                new Problem.BadRequest("This is not HTTP/1.1 as it can be read here (" + cause.getMessage()
                        + "): check the request line and the headers.");
        };
    }

    private static Optional<Problem> oneHost(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) {
            return bad("There are " + hosts.size() + " Host headers: send one.");
        }
        return hosts.isEmpty() && request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0
                ? bad("There is no Host header, which HTTP/1.1 requires: send one.")
                : Optional.empty();
    }

    private static Optional<Problem> host(HttpHeaders headers) {
        String host = headers.get(HttpHeaderNames.HOST);
        return host != null && HostAndPort.parseAuthority(host, -1) == null
                ? bad("The Host header is neither a host nor host:port: send what stands between http:// and the path.")
                : Optional.empty();
    }

    private static Optional<Problem> method(HttpMethod method) {
        return METHODS.contains(method)
                ? Optional.empty()
                : Optional.of(new Problem.Extended(
                        501,
                        method + " is no method of this server: send GET to read, or POST to call a function.",
                        Map.of()));
    }

    private static Optional<Problem> target(String uri) {
        if (uri.chars().anyMatch(c -> c > '~')) {
            return bad("The URL has bytes beyond ASCII: percent-encode them, as UTF-8.");
        }
        if (ONLY_SLASHES.matcher(uri).matches()) {
            return bad("The request is for \"" + uri + "\", which is no path: send / or the path of something.");
        }
        // A path may begin with two slashes, behind which alone would be a host.
        String host = uri.startsWith("/") ? "http://host" : "";
        try {
            URI target = new URI(host + uri);
            return !target.isAbsolute() || target.getRawPath() == null || target.getRawAuthority() == null
                    ? bad("The request is for \"" + uri + "\": send a path that starts with a slash.")
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return bad("The URL is not written as URLs are (" + e.getReason() + " at " + (e.getIndex() - host.length())
                    + "): percent-encode what is no letter, digit or one of - . _ ~ in names and values.");
        }
    }

    /** A target with a host counts for its path and query, and its host for the header (RFC 9112, section 3.2.2). */
    private static HttpRequest withHostOfTarget(HttpRequest request) {
        if (!request.uri().startsWith("/")) {
            URI target = URI.create(request.uri());
            String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
            request.headers().set(HttpHeaderNames.HOST, target.getRawAuthority());
            request.setUri(target.getRawQuery() == null ? path : path + "?" + target.getRawQuery());
        }
        return request;
    }

    private static Optional<Problem> texts(HttpHeaders headers) {
        for (String name : headers.names()) {
            if (name.isEmpty()) {
                return bad("There is a header without a name: send a name before the colon.");
            }
            List<String> values = headers.getAll(name);
            if (values.stream().anyMatch(value -> value.chars().anyMatch(c -> c > '~'))) {
                try {
                    headers.set(name, decoded(values));
                } catch (CharacterCodingException e) {
                    return bad("The header " + name + " has bytes beyond ASCII that are not UTF-8: send UTF-8.");
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> decoded(List<String> values) throws CharacterCodingException {
        List<String> texts = new ArrayList<>();
        for (String value : values) {
            texts.add(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(ISO_8859_1)))
                    .toString());
        }
        return texts;
    }

    private static Optional<Problem> bad(String detail) {
        return Optional.of(new Problem.BadRequest(detail));
    }
}
