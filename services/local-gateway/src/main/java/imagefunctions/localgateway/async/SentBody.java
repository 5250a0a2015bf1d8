package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.Body;
import imagefunctions.asynccalls.BodyGoneException;
import imagefunctions.asynccalls.delivery.FunctionAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** A body that is sent to a server. Java's client closes no stream that the server does not read to its end. */
final class SentBody implements AutoCloseable {
    private final Body body;
    private final List<InputStream> opened = new ArrayList<>();
    private boolean closed;
    private volatile boolean gone;

    SentBody(Body body) {
        this.body = body;
    }

    long length() {
        return body.length();
    }

    BodyPublisher publisher() {
        return body.length() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), body.length());
    }

    private synchronized InputStream open() {
        try {
            if (closed) {
                throw new IOException("the call has ended");
            }
            InputStream in = new FilterInputStream(body.open()) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    try {
                        return super.read(into, offset, length);
                    } catch (BodyGoneException e) {
                        gone = true;
                        throw e;
                    }
                }
            };
            opened.add(in);
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it was not there when it was to be read: whatever was answered then says nothing of the function. */
    boolean isGone() {
        return gone;
    }

    /** The same answer, which closes this body when it is closed: a server may read on until then. */
    FunctionAnswer closedWith(FunctionAnswer answer) {
        InputStream both = new FilterInputStream(answer.body()) {
            @Override
            public void close() throws IOException {
                try (SentBody.this) {
                    super.close();
                }
            }
        };
        return new FunctionAnswer(answer.status(), answer.headers(), both, answer.length());
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (InputStream in : opened) {
            in.close();
        }
    }
}
