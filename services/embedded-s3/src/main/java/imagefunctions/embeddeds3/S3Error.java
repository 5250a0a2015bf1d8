package imagefunctions.embeddeds3;

import org.gaul.shaded.org.eclipse.jetty.http.HttpFields;
import org.gaul.shaded.org.eclipse.jetty.http.HttpHeader;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** An answer of ours to a request that the server is not shown, as S3 has them. */
record S3Error(int status, String code, String message) {
    static final String MEDIA_TYPE = "application/xml";

    /** What keeps a browser from using any answer of this server for a page. */
    static final HttpFields SAFETY_HEADERS = HttpFields.build()
            .put("X-Content-Type-Options", "nosniff")
            .put("Cross-Origin-Resource-Policy", "same-origin")
            .put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            .asImmutable();

    void send(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MEDIA_TYPE);
        Content.Sink.write(response, true, body(), callback);
    }

    String body() {
        String text = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + text
                + "</Message></Error>\n";
    }
}
