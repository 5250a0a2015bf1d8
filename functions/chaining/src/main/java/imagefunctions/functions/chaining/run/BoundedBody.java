package imagefunctions.functions.chaining.run;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A response body, or as much of it as the limits allowed. */
final class BoundedBody {
    enum End {
        WHOLE,
        /** It exceeds the limit for one body. */
        TOO_LARGE,
        /** The memory for all bodies together is used up. */
        MEMORY_EXHAUSTED
    }

    private static final int BLOCK = 1 << 14;

    private final byte[] bytes;
    private final End end;

    private BoundedBody(byte[] bytes, End end) {
        this.bytes = bytes;
        this.end = end;
    }

    byte[] bytes() {
        return bytes;
    }

    End end() {
        return end;
    }

    /** Reads a body up to the limit; a longer one is truncated and its connection closed. */
    static BodySubscriber<BoundedBody> atMost(long limit, MemoryBudget.Share memory) {
        return new Reading(limit, memory);
    }

    private static final class Reading implements BodySubscriber<BoundedBody> {
        private final CompletableFuture<BoundedBody> received = new CompletableFuture<>();
        private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        /** All but the last are full. */
        private final List<ByteBuffer> blocks = new ArrayList<>();

        private final long limit;
        private final MemoryBudget.Share memory;
        private long size;

        Reading(long limit, MemoryBudget.Share memory) {
            this.limit = limit;
            this.memory = memory;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription.complete(given);
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> more) {
            for (ByteBuffer part : more) {
                if (received.isDone()) {
                    return;
                }
                if (size + part.remaining() > limit) {
                    stop(BoundedBody.End.TOO_LARGE);
                } else if (!memory.reserve(part.remaining())) {
                    stop(BoundedBody.End.MEMORY_EXHAUSTED);
                } else {
                    size += part.remaining();
                    copy(part);
                }
            }
        }

        /** A part is as small as the function likes, and more than its bytes would be kept of it. */
        private void copy(ByteBuffer part) {
            while (part.hasRemaining()) {
                if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
                    blocks.add(ByteBuffer.allocate(BLOCK));
                }
                ByteBuffer block = blocks.getLast();
                int length = Math.min(part.remaining(), block.remaining());
                block.put(part.slice(part.position(), length));
                part.position(part.position() + length);
            }
        }

        private void stop(BoundedBody.End why) {
            received.complete(new BoundedBody(joined(), why));
            subscription.thenAccept(Subscription::cancel);
        }

        @Override
        public void onError(Throwable failure) {
            received.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            received.complete(new BoundedBody(joined(), BoundedBody.End.WHOLE));
        }

        private byte[] joined() {
            ByteBuffer all = ByteBuffer.allocate((int) size);
            blocks.forEach(block -> all.put(block.flip()));
            blocks.clear();
            return all.array();
        }

        @Override
        public CompletionStage<BoundedBody> getBody() {
            return received;
        }
    }
}
