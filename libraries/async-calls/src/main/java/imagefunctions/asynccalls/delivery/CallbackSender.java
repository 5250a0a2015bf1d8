package imagefunctions.asynccalls.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.Callback;
import imagefunctions.asynccalls.CallbackClaim;
import imagefunctions.asynccalls.CorruptEntryException;
import imagefunctions.asynccalls.Header;
import imagefunctions.asynccalls.StoredEntry;
import imagefunctions.egress.GuardedClient;
import imagefunctions.egress.RefusedUrlException;
import imagefunctions.reasons.Reason;
import imagefunctions.retry.RetryAfter;
import imagefunctions.retry.TransientStatus;
import imagefunctions.traces.Span;
import imagefunctions.traces.TraceContext;
import imagefunctions.traces.Traces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** Sends one claimed result to its receiver, with the headers that OpenFaaS sends. */
final class CallbackSender implements DeliveryWorkers.Work<CallbackClaim> {
    private static final System.Logger LOG = System.getLogger(CallbackSender.class.getName());
    /** Of the function's headers, those that belong to its own connection or are written here. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "x-call-id",
            "x-duration-seconds",
            "x-function-name",
            "x-function-status",
            "x-signature-256",
            "x-start-time");

    private final GuardedClient client;
    private final Optional<String> secret;
    private final Traces traces;

    CallbackSender(GuardedClient client, Optional<String> secret, Traces traces) {
        this.client = client;
        this.secret = secret;
        this.traces = traces;
    }

    @Override
    public void on(CallbackClaim claim) throws IOException {
        StoredEntry<Callback> stored;
        try {
            stored = claim.read();
        } catch (CorruptEntryException e) {
            claim.failed(Optional.empty(), e.getMessage());
            return;
        }
        Callback callback = stored.entry();
        if (claim.isExhausted()) {
            String reason = "The process ended during the last of " + claim.attempt()
                    + " callbacks, or could not keep what came of it.";
            claim.failed(Optional.of(callback), reason);
            return;
        }
        switch (traced(callback, stored.body(), claim.attempt())) {
            case Delivery.Done done -> claim.delivered(callback);
            case Delivery.Refused refused -> claim.failed(Optional.of(callback), refused.reason());
            case Delivery.Failed failed -> {
                LOG.log(
                        System.Logger.Level.INFO,
                        "Callback {0}, attempt {1}: {2}",
                        callback.id(),
                        claim.attempt(),
                        failed.reason());
                if (claim.allowsRetry()) {
                    claim.retry(claim.backoff(failed.asked()));
                } else {
                    String reason = failed.reason() + " That was the last of " + claim.attempt() + " callbacks.";
                    claim.failed(Optional.of(callback), reason);
                }
            }
        }
    }

    /** The outcome of one attempt. */
    private sealed interface Delivery {
        record Done() implements Delivery {}

        /**
         * The next attempt may succeed.
         *
         * @param asked how long the receiver asks to wait, or zero
         */
        record Failed(String reason, Duration asked) implements Delivery {}

        /** Every attempt would fail. */
        record Refused(String reason) implements Delivery {}
    }

    private Delivery traced(Callback callback, Body body, int attempt) throws IOException {
        try (Span span = traces.begin(
                        Traces.Kind.CLIENT, "callback", TraceContext.of(name -> Header.first(callback.headers(), name)))
                .with("call.id", callback.id())
                .with("faas.name", callback.function())
                .with("attempt", Integer.toString(attempt))) {
            Delivery delivery = send(callback, body, span);
            switch (delivery) {
                case Delivery.Done d -> {}
                case Delivery.Failed failed -> span.failed(failed.reason());
                case Delivery.Refused refused -> span.failed(refused.reason());
            }
            return delivery;
        }
    }

    private Delivery send(Callback callback, Body body, Span span) throws IOException {
        Request request;
        try {
            request = new Request.Builder()
                    .url(callback.url())
                    .headers(headers(callback, body, span.context()))
                    .post(new ResultBody(body))
                    .build();
        } catch (IllegalArgumentException e) {
            return new Delivery.Refused("The callback cannot be written as HTTP: " + e.getMessage());
        } catch (UnreadableResultException e) {
            return unreadable(e);
        }
        try (Response response = client.send(request)) {
            int status = response.code();
            span.answered(status);
            if (response.isSuccessful()) {
                return new Delivery.Done();
            }
            String reason = "The receiver answered " + status + ".";
            Optional<Duration> asked = RetryAfter.of(name -> Optional.ofNullable(response.header(name)));
            return TransientStatus.isTransientAtUnknownServer(status, asked)
                    ? new Delivery.Failed(reason, asked.orElse(Duration.ZERO))
                    : new Delivery.Refused(response.isRedirect() ? reason + " Redirects are not followed." : reason);
        } catch (RefusedUrlException e) {
            return new Delivery.Refused(e.getMessage());
        } catch (UnreadableResultException e) {
            return unreadable(e);
        } catch (IOException e) {
            return new Delivery.Failed("The receiver was not reached: " + Reason.of(e) + ".", Duration.ZERO);
        }
    }

    private static Delivery unreadable(UnreadableResultException e) {
        return new Delivery.Failed(
                "The result could not be read from the queue: " + e.getMessage() + ".", Duration.ZERO);
    }

    /** A fault of the queue, not of the receiver. */
    private static final class UnreadableResultException extends IOException {
        private static final long serialVersionUID = 1;

        UnreadableResultException(IOException cause) {
            super(Reason.of(cause), cause);
        }
    }

    /** An answer's header comes with a character for each byte, and leaves in UTF-8: as UTF-8 is what it mostly was. */
    private static String text(String value) {
        try {
            return UTF_8.newDecoder()
                    .decode(ISO_8859_1.newEncoder().encode(CharBuffer.wrap(value)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    private Headers headers(Callback callback, Body body, TraceContext trace) throws UnreadableResultException {
        Headers.Builder headers = new Headers.Builder();
        for (Header header : callback.headers()) {
            if (!NOT_PASSED_ON.contains(header.name().toLowerCase(Locale.ROOT))) {
                headers.addUnsafeNonAscii(header.name(), text(header.value()));
            }
        }
        headers.set("User-Agent", "image-functions")
                .set("X-Call-Id", callback.id())
                .set("X-Function-Name", callback.function())
                .set("X-Function-Status", Integer.toString(callback.status()))
                .set("X-Duration-Seconds", seconds(callback))
                .set("X-Start-Time", Long.toString(nanos(callback.started())));
        trace.headers().forEach(headers::set);
        if (secret.isPresent()) {
            try (InputStream in = body.open()) {
                headers.set(Signature.HEADER, Signature.of(secret.get(), callback.id(), callback.status(), in));
            } catch (IOException e) {
                throw new UnreadableResultException(e);
            }
        }
        return headers.build();
    }

    private static String seconds(Callback callback) {
        return String.format(Locale.ROOT, "%.6f", callback.duration().toNanos() / 1e9);
    }

    private static long nanos(Instant instant) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, instant);
    }

    private static final class ResultBody extends RequestBody {
        private final Body body;

        ResultBody(Body body) {
            this.body = body;
        }

        /** The function's own Content-Type header stands. */
        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return body.length();
        }

        /** It is sent once: a client that sends it again by itself makes attempts that nobody counts. */
        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (Source source = new ResultSource(Okio.source(opened()))) {
                sink.writeAll(source);
            }
        }

        private InputStream opened() throws UnreadableResultException {
            try {
                return body.open();
            } catch (IOException e) {
                throw new UnreadableResultException(e);
            }
        }
    }

    /** Tells faults of reading the result from those of sending it. */
    private static final class ResultSource extends ForwardingSource {
        ResultSource(Source result) {
            super(result);
        }

        @Override
        public long read(Buffer into, long most) throws IOException {
            try {
                return super.read(into, most);
            } catch (IOException e) {
                throw new UnreadableResultException(e);
            }
        }
    }
}
