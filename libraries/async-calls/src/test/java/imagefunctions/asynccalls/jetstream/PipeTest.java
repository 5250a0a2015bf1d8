package imagefunctions.asynccalls.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PipeTest {

    @Test
    void aReadThatWaitsEndsWhenItsStreamIsClosed() throws Exception {
        Pipe pipe = new Pipe();
        CompletableFuture<IOException> failure = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                failure.completeExceptionally(
                        new AssertionError("read " + pipe.source().read()));
            } catch (IOException e) {
                failure.complete(e);
            }
        });
        await().until(() -> reader.getState() == Thread.State.WAITING);

        pipe.source().close();

        assertThat(failure.join()).hasMessage("closed");
    }

    @Test
    void aWriterWhoseReaderHasGoneFails() {
        Pipe pipe = new Pipe();
        pipe.source().close();

        assertThatThrownBy(() -> pipe.sink().write(new byte[10 * Pipe.CHUNK])).hasMessage("nobody reads any more");
    }
}
