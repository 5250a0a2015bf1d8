package imagefunctions.embeddeds3;

import java.util.Optional;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** Turns requests away before the server looks at them, with an error as S3 has them. */
final class Door extends Handler.Wrapper {
    private final Guard guard;

    Door(Guard guard) {
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().add(S3Error.SAFETY_HEADERS);
        Optional<String> refusal = guard.refusal(request.getMethod(), request.getHeaders()::get);
        if (refusal.isPresent()) {
            new S3Error(403, "AccessDenied", refusal.get()).send(response, callback);
            return true;
        }
        return super.handle(request, response, callback);
    }
}
