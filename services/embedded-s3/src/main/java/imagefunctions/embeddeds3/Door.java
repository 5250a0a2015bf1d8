package imagefunctions.embeddeds3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
        String path = request.getHttpURI().getPath();
        if (path != null && !isText(path)) {
            new S3Error(400, "InvalidURI", "The key is not UTF-8: percent-encode its bytes in UTF-8.")
                    .send(response, callback);
            return true;
        }
        return super.handle(request, response, callback);
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
