package imagefunctions.benchmarks.async;

import imagefunctions.asynccalls.Call;
import imagefunctions.asynccalls.CallClaim;
import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.asynccalls.QueueLimits;
import imagefunctions.asynccalls.QueueNames;
import imagefunctions.asynccalls.WorkQueue;
import imagefunctions.asynccalls.store.Spool;
import imagefunctions.asynccalls.store.SpoolSettings;
import imagefunctions.retry.Backoff;
import imagefunctions.retry.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** The queue of a gateway with a folder, without HTTP before it and functions behind it. */
final class FolderAlone implements Queue {
    private static final RetryPolicy ONCE =
            new RetryPolicy(1, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    private static final QueueLimits LIMITS =
            new QueueLimits(1L << 40, 1 << 30, 1 << 30, 1, 1, 1, Duration.ZERO, ONCE, ONCE);

    private final Spool spool;
    private final WorkQueue<CallClaim> calls;

    FolderAlone(Path folder) throws IOException {
        spool = Spool.open(new SpoolSettings(folder, 0, LIMITS, new QueueNames(Map.of())));
        calls = spool.calls(QueueNames.DEFAULT);
    }

    @Override
    public String name() {
        return "folder alone, accepted";
    }

    @Override
    public void put(byte[] body) throws IOException {
        Call call = new Call(UUID.randomUUID().toString(), "draft", "", "", List.of(), Instant.now());
        try (EntryWriter entry = spool.accept(call, OptionalLong.of(body.length))) {
            entry.write(body, 0, body.length);
            entry.commit();
        }
    }

    @Override
    public void rest() throws IOException, InterruptedException {
        while (spool.metrics().waiting() > 0) {
            CallClaim claim = calls.take();
            if (claim != null) {
                claim.succeeded(claim.read().entry(), 200);
            }
        }
    }

    @Override
    public void close() {
        try {
            spool.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
