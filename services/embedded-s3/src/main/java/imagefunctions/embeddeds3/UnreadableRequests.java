package imagefunctions.embeddeds3;

import org.gaul.shaded.org.eclipse.jetty.http.HttpException;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.server.handler.ErrorHandler;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** Says what is wrong with a request that is no HTTP, of which no handler hears. */
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
        return others.handle(request, response, callback);
    }
}
