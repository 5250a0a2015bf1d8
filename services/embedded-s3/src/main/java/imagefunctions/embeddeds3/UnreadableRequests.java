package imagefunctions.embeddeds3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.gaul.shaded.org.eclipse.jetty.http.HttpException;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.server.handler.ErrorHandler;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** Says what is wrong with a request that is no HTTP, or whose path is no text: of neither does a handler hear. */
final class UnreadableRequests implements Request.Handler {
    private final Request.Handler others;

    /** @param others answers what went wrong in a handler */
    UnreadableRequests(Request.Handler others) {
        this.others = others;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().add(S3Error.SAFETY_HEADERS);
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException unread
                && unread.getCode() == 400) {
            new S3Error(
                            400,
                            "InvalidRequest",
                            "This is not HTTP/1.1 as it can be read here (" + unread.getReason()
                                    + "): check the request line and the headers.")
                    .send(response, callback);
            return true;
        }
        String path = request.getHttpURI().getPath();
        if (path != null && !isText(path)) {
            new S3Error(400, "InvalidURI", "The key is not UTF-8: percent-encode its bytes in UTF-8.")
                    .send(response, callback);
            return true;
        }
        return others.handle(request, response, callback);
    }

    /** Whether the bytes that a path has are UTF-8. */
    private static boolean isText(String path) {
        try {
            byte[] bytes =
                    URLDecoder.decode(path.replace("+", "%2B"), ISO_8859_1).getBytes(ISO_8859_1);
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return false;
        }
    }
}
