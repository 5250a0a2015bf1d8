package imagefunctions.convert;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Takes every picture from one place through the function to the other. */
final class Work {
    private final Location source;
    private final Location target;
    private final FunctionCall call;
    private final Journal journal;
    private final Semaphore places;
    private final Set<Path> parts = ConcurrentHashMap.newKeySet();
    private boolean stopped;
    private volatile @Nullable IOException gatewayIsGone;

    Work(Location source, Location target, FunctionCall call, Journal journal, int atATime) {
        this.source = source;
        this.target = target;
        this.call = call;
        this.journal = journal;
        this.places = new Semaphore(atATime);
    }

    void all() throws IOException, InterruptedException {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            source.walk(item -> {
                places.acquire();
                refuseIfStopped();
                workers.execute(() -> {
                    try {
                        one(item);
                    } finally {
                        places.release();
                    }
                });
            });
        } catch (IOException e) {
            throw gatewayIsGone == null ? e : gatewayIsGone;
        }
        if (gatewayIsGone != null) {
            throw gatewayIsGone;
        }
    }

    private void one(Picture item) {
        try {
            if (target.has(item, call.function())) {
                journal.skipped(item);
            } else {
                convert(item);
            }
        } catch (ConnectException e) {
            gatewayIsGone = new IOException(
                    call.gateway() + " does not answer: start it (./run up), or name another one with --gateway.", e);
            stop();
        } catch (IOException | IllegalStateException e) {
            if (!isStopped()) {
                journal.failed(item, String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void convert(Picture item) throws IOException, InterruptedException {
        Path part = part(item);
        try {
            String type = call.send(() -> source.open(item), part);
            long bytes = Files.size(part);
            keep(item, part, type);
            journal.converted(item, bytes);
        } finally {
            Files.deleteIfExists(part);
            parts.remove(part);
        }
    }

    /** No part is made once stop has begun to delete them. */
    private synchronized Path part(Picture item) throws IOException {
        refuseIfStopped();
        Path part = target.part(item);
        parts.add(part);
        return part;
    }

    private void keep(Picture item, Path part, String type) throws IOException {
        refuseIfStopped();
        target.keep(item, part, type, call.function());
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void refuseIfStopped() throws IOException {
        if (isStopped()) {
            throw new IOException("It was interrupted.");
        }
    }

    /** Ends in order: what is not whole is deleted, results that are whole stay. */
    synchronized void stop() {
        stopped = true;
        for (Path part : parts) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                System.err.println(part + " cannot be deleted: " + e.getMessage());
            }
        }
    }
}
