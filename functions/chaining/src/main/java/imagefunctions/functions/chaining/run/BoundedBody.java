package imagefunctions.functions.chaining.run;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer, or as much of it as there was room for. */
final class BoundedBody {
    enum End {
        WHOLE,
        /** It is longer than one body may be. */
        TOO_LARGE,
        /** All bodies together hold as much as they may. */
        NO_ROOM
    }

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

    /** Reads a body of at most so many bytes; a longer one is cut, and its connection closed. */
    static BodySubscriber<BoundedBody> atMost(long most, MemoryBudget.Share memory) {
        return new Reading(most, memory);
    }

    private static final class Reading implements BodySubscriber<BoundedBody> {
        private final CompletableFuture<BoundedBody> received = new CompletableFuture<>();
        private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        private final List<ByteBuffer> parts = new ArrayList<>();
        private final long most;
        private final MemoryBudget.Share memory;
        private long size;

        Reading(long most, MemoryBudget.Share memory) {
            this.most = most;
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
                if (size + part.remaining() > most) {
                    stop(BoundedBody.End.TOO_LARGE);
                } else if (!memory.take(part.remaining())) {
                    stop(BoundedBody.End.NO_ROOM);
                } else {
                    size += part.remaining();
                    parts.add(part);
                }
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
            parts.forEach(all::put);
            parts.clear();
            return all.array();
        }

        @Override
        public CompletionStage<BoundedBody> getBody() {
            return received;
        }
    }
}
