package imagefunctions.storage;

import imagefunctions.traces.Span;
import imagefunctions.traces.TraceContext;
import imagefunctions.traces.Traces;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** A span for each request to the store, until its answer begins. The context is no part of what is signed. */
record StoreSpans(Traces traces, TraceContext parent) implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        try (Span span = traces.begin(Traces.Kind.CLIENT, "store " + request.method(), Optional.of(parent))) {
            span.with("http.request.method", request.method())
                    .with("url.path", request.url().encodedPath())
                    .with(
                            "server.address",
                            request.url().host() + ":" + request.url().port());
            Request.Builder traced = request.newBuilder();
            span.context().headers().forEach(traced::header);
            try {
                Response response = chain.proceed(traced.build());
                span.answered(response.code());
                return response;
            } catch (IOException e) {
                span.failed(String.valueOf(e.getMessage()));
                throw e;
            }
        }
    }
}
