package imagefunctions.functions.chaining.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundedBodyTest {
    private static final int SIZE = 100_000;

    /** Functions choose their chunks: what is kept of them is their bytes, not the buffer that each came in. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16_384, SIZE})
    void aBodyIsKeptWithoutTheBuffersItCameIn(int chunk) {
        byte[] network = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            network[i] = (byte) (i * 31);
        }
        byte[] sent = network.clone();
        MemoryBudget.Share memory = new MemoryBudget(SIZE).share();
        BodySubscriber<BoundedBody> reading = BoundedBody.atMost(SIZE, memory);
        for (int at = 0; at < SIZE; at += chunk) {
            reading.onNext(List.of(ByteBuffer.wrap(network, at, Math.min(chunk, SIZE - at))));
        }
        Arrays.fill(network, (byte) 0);

        reading.onComplete();

        BoundedBody body = reading.getBody().toCompletableFuture().join();
        assertThat(body.end()).isEqualTo(BoundedBody.End.WHOLE);
        assertThat(body.bytes()).isEqualTo(sent);
    }
}
