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

/** Converts every picture of one location into the other. */
final class ConversionJob {
    private final Location source;
    private final Location target;
    private final FunctionCall call;
    private final ProgressReport progress;
    private final Semaphore permits;
    private final Set<Path> parts = ConcurrentHashMap.newKeySet();
    private boolean stopped;
    private volatile @Nullable IOException gatewayIsGone;

    ConversionJob(Location source, Location target, FunctionCall call, ProgressReport progress, int concurrency) {
        this.source = source;
        this.target = target;
        this.call = call;
        this.progress = progress;
        this.permits = new Semaphore(concurrency);
    }

    void run() throws IOException, InterruptedException {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            source.walk(picture -> {
                permits.acquire();
                refuseIfStopped();
                workers.execute(() -> {
                    try {
                        convertUnlessDone(picture);
                    } finally {
                        permits.release();
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

    private void convertUnlessDone(Picture picture) {
        try {
            if (target.has(picture, call.function())) {
                progress.skipped(picture);
            } else {
                convert(picture);
            }
        } catch (ConnectException e) {
            gatewayIsGone = new IOException(
                    call.gateways() + " does not answer: start it (./run up), or name another one with --gateway.", e);
            stop();
        } catch (IOException | IllegalStateException e) {
            if (!isStopped()) {
                progress.failed(picture, String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void convert(Picture picture) throws IOException, InterruptedException {
        Path part = part(picture);
        try {
            String type = call.send(() -> source.open(picture), part);
            long bytes = Files.size(part);
            keep(picture, part, type);
            progress.converted(picture, bytes);
        } finally {
            Files.deleteIfExists(part);
            parts.remove(part);
        }
    }

    /** No part is made once stop has begun to delete them. */
    private synchronized Path part(Picture picture) throws IOException {
        refuseIfStopped();
        Path part = target.part(picture);
        parts.add(part);
        return part;
    }

    private void keep(Picture picture, Path part, String type) throws IOException {
        refuseIfStopped();
        target.keep(picture, part, type, call.function());
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
