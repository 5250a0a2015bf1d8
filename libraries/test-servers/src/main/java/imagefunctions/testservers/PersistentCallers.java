package imagefunctions.testservers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers who GET the same again and again, each time on a new connection, until none is taken any more. */
public final class PersistentCallers implements AutoCloseable {
    private final URI uri;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> callers = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger cutAtTheEnd = new AtomicInteger();

    private PersistentCallers(URI uri) {
        this.uri = uri;
    }

    public static PersistentCallers start(URI uri, int count) {
        PersistentCallers all = new PersistentCallers(uri);
        for (int i = 0; i < count; i++) {
            all.callers.add(all.threads.submit(() -> {
                all.callUntilRefused();
                return null;
            }));
        }
        return all;
    }

    private void callUntilRefused() throws IOException {
        while (true) {
            try {
                if (!BareHttp.get(uri).startsWith("HTTP/1.1 200")) {
                    failed.incrementAndGet();
                }
            } catch (ConnectException refused) {
                return;
            } catch (SocketException cut) {
                if (BareHttp.refuses(uri)) {
                    cutAtTheEnd.incrementAndGet();
                    return;
                }
                failed.incrementAndGet();
            }
            ended.incrementAndGet();
        }
    }

    /** How many calls have ended so far. */
    public int calls() {
        return ended.get();
    }

    /** Waits until no caller's connection is taken any more, and gives how many calls ended otherwise than by a 200. */
    public int failuresUntilRefused() throws InterruptedException, ExecutionException {
        for (Future<?> caller : callers) {
            caller.get();
        }
        return failed.get();
    }

    /** How many were cut by the port's end: a connection that is made between the last accept and the close is reset. */
    public int cutAtTheEnd() {
        return cutAtTheEnd.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
