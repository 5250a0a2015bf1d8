package imagefunctions.localgateway.async;

import imagefunctions.asynccalls.EntryWriter;
import imagefunctions.runtime.http.BodyReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Writes the parts of a body to an entry, several at once: each time changes threads twice. */
final class EntrySink implements BodyReader.Sink {
    private static final int AT_ONCE = 64 << 10;

    private final EntryWriter writer;
    private final BlockingSteps steps;
    private Buffer gathered = Buffer.buffer();

    EntrySink(EntryWriter writer, BlockingSteps steps) {
        this.writer = writer;
        this.steps = steps;
    }

    @Override
    public Future<?> add(Buffer part) {
        gathered.appendBuffer(part);
        if (gathered.length() < AT_ONCE) {
            return Future.succeededFuture();
        }
        byte[] bytes = take();
        return steps.then(() -> {
            writer.write(bytes);
            return writer;
        });
    }

    private byte[] take() {
        byte[] bytes = gathered.getBytes();
        gathered = Buffer.buffer();
        return bytes;
    }

    /** Done when the entry is kept durably. */
    Future<?> commit() {
        byte[] rest = take();
        return steps.then(() -> {
            writer.write(rest);
            writer.commit();
            return writer;
        });
    }

    /** Leaves nothing of an entry that was not kept. */
    Future<?> close() {
        return steps.then(() -> {
            writer.close();
            return writer;
        });
    }
}
