package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.BodyGoneException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ObjectInfo;
import io.nats.client.support.Digester;
import java.io.IOException;
import java.io.InputStream;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A body, read as its chunks come: from the first read on, until it is closed. A read that waits while another thread closes
 * it fails.
 */
final class ChunkStream extends InputStream {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final NatsLink link;
    private final String bucket;
    private final String name;
    private volatile @Nullable Download download;
    private volatile boolean closed;

    ChunkStream(NatsLink link, String bucket, String name) {
        this.link = link;
        this.bucket = bucket;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Fills the buffer, up to the end. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Download begun = download == null ? begin() : download;
        int read = 0;
        while (read < length && begun.hasMore()) {
            read += begun.next(into, offset + read, length - read);
        }
        return read == 0 && length > 0 ? -1 : read;
    }

    private Download begin() throws IOException {
        try {
            Session session = link.session();
            ObjectInfo info = session.bodies(bucket).getInfo(name);
            if (info == null) {
                throw new BodyGoneException();
            }
            PushSubscribeOptions ordered = PushSubscribeOptions.builder().stream(Names.bodyStream(bucket))
                    .ordered(true)
                    .build();
            Download begun =
                    new Download(info, session.js().subscribe(Names.chunkSubject(bucket, info.getNuid()), ordered));
            download = begun;
            if (closed) {
                begun.end();
            }
            return begun;
        } catch (JetStreamApiException | IllegalStateException | NoSuchAlgorithmException e) {
            throw new IOException("the body cannot be read: " + e.getMessage(), e);
        }
    }

    private static final class Download {
        private final ObjectInfo info;
        private final JetStreamSubscription chunks;
        private final Digester digester;
        private byte[] chunk = {};
        private int taken;
        private long left;

        Download(ObjectInfo info, JetStreamSubscription chunks) throws NoSuchAlgorithmException {
            this.info = info;
            this.chunks = chunks;
            this.digester = new Digester();
            this.left = info.getSize();
        }

        /** Whether there is a byte to be taken; it may have to come first. */
        boolean hasMore() throws IOException {
            while (taken == chunk.length && left > 0) {
                chunk = await();
                taken = 0;
                left -= chunk.length;
                digester.update(chunk);
                if (left < 0 || (left == 0 && !digester.matches(info.getDigest()))) {
                    throw new IOException("the body is not as it was written");
                }
            }
            return taken < chunk.length;
        }

        private byte[] await() throws IOException {
            try {
                Message next = chunks.nextMessage(LONGEST_WAIT);
                if (next == null) {
                    throw new IOException("the rest of the body does not come");
                }
                return next.getData();
            } catch (IllegalStateException e) {
                throw new IOException("the body cannot be read: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                throw Patience.stopped();
            }
        }

        int next(byte[] into, int offset, int most) {
            int part = Math.min(most, chunk.length - taken);
            System.arraycopy(chunk, taken, into, offset, part);
            taken += part;
            return part;
        }

        void end() {
            try {
                chunks.unsubscribe();
            } catch (IllegalStateException gone) {
                // Its connection was closed, and the subscription with it.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Download begun = download;
        if (begun != null) {
            begun.end();
        }
    }
}
