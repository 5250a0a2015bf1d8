package imagefunctions.convert;

import imagefunctions.reasons.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Converts every picture of one location into the other. */
final class ConversionJob {
    private final Location source;
    private final Location target;
    private final Results results;
    private final FunctionCall call;
    private final ProgressReport progress;
    private final Semaphore permits;
    private final Set<Path> parts = ConcurrentHashMap.newKeySet();
    private boolean stopped;
    private volatile @Nullable IOException gatewayIsGone;

    ConversionJob(
            Location source,
            Location target,
            Results results,
            FunctionCall call,
            ProgressReport progress,
            int concurrency) {
        this.source = source;
        this.target = target;
        this.results = results;
        this.call = call;
        this.progress = progress;
        this.permits = new Semaphore(concurrency);
    }

    void run() throws IOException {
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            source.walk(target, found -> {
                switch (found) {
                    case Picture picture -> start(picture, workers);
                    case LeftOut leftOut -> progress.leftOut(leftOut);
                    case Unreadable unreadable -> progress.failed(unreadable, unreadable.reason());
                }
            });
        } catch (IOException e) {
            throw gatewayIsGone == null ? e : gatewayIsGone;
        }
        if (gatewayIsGone != null) {
            throw gatewayIsGone;
        }
    }

    private void start(Picture picture, Executor workers) throws IOException {
        permits.acquireUninterruptibly();
        refuseIfStopped();
        workers.execute(() -> {
            try {
                convertUnlessDone(picture);
            } finally {
                permits.release();
            }
        });
    }

    private void convertUnlessDone(Picture picture) {
        try {
            if (results.isDone(picture)) {
                progress.skipped(picture);
            } else {
                convert(picture);
            }
        } catch (ConnectException e) {
            gatewayIsGone = new IOException(
                    call.gateways() + " does not answer: start it (./run up), or name another one with --gateway.", e);
            stop();
        } catch (IOException | RuntimeException e) {
            if (!isStopped()) {
                progress.failed(picture, Reason.of(e));
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
            progress.converted(picture, bytes, type);
        } finally {
            Files.deleteIfExists(part);
            parts.remove(part);
        }
    }

    /** No part is made once stop has begun to delete them. */
    private synchronized Path part(Picture picture) throws IOException {
        refuseIfStopped();
        Path part = results.part(picture);
        parts.add(part);
        return part;
    }

    private void keep(Picture picture, Path part, String type) throws IOException {
        refuseIfStopped();
        results.keep(picture, part, type);
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
                System.err.println(part + " cannot be deleted: " + Reason.of(e));
            }
        }
    }
}
