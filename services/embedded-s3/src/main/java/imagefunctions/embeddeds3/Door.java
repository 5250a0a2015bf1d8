package imagefunctions.embeddeds3;

import java.util.Optional;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** Turns requests away before the server looks at them, with an error as S3 has them. */
final class Door extends Handler.Wrapper {
    private static final int FORBIDDEN = 403;

    private final Guard guard;

    Door(Guard guard) {
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        Optional<String> refusal = guard.refusal(request.getMethod(), request.getHeaders()::get);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        response.setStatus(FORBIDDEN);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
        Content.Sink.write(
                response,
                true,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>" + refusal.get()
                        + "</Message></Error>\n",
                callback);
        return true;
    }
}
