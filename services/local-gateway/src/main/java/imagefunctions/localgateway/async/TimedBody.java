package imagefunctions.localgateway.async;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An answer's body that has to be there within a time. */
final class TimedBody extends FilterInputStream {
    private final Duration time;
    private final CompletableFuture<Boolean> late = new CompletableFuture<>();

    TimedBody(InputStream body, Duration time) {
        super(body);
        this.time = time;
        late.completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS).thenAccept(over -> {
            if (over) {
                breakOff();
            }
        });
    }

    /** Has a read that waits return. */
    private void breakOff() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        return inTime(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return inTime(in.read(bytes, offset, length));
    }

    private int inTime(int read) throws IOException {
        if (late.getNow(false)) {
            throw new IOException("the answer did not come within " + time.toSeconds() + " s");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        late.complete(false);
        super.close();
    }
}
