package imagefunctions.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MessageStoreTest {
    private final MessageStore store;

    MessageStoreTest(@TempDir Path folder) {
        ReceiverSettings settings = new ReceiverSettings(
                folder, 1000, 10, 1000, Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty());
        store = new MessageStore(
                settings, JsonMapper.builder().findAndAddModules().build());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Message keep(String body) throws IOException {
        Path arrived = Files.writeString(store.arriving(), body);
        Message message = new Message(
                0, "a.txt", "call-1", "bw", 200, Optional.empty(), "text/plain", body.length(), Instant.now());
        return store.keep(message, arrived, () -> store.quota().takeRoom(body.length()))
                .message();
    }

    @Test
    void whoDeletesAMessageDoesNotDeleteAnotherThatCameInItsPlace() throws Exception {
        Message first = keep("the first one, which is longer");
        store.delete(first);
        Message second = keep("second");

        store.delete(first);

        assertThat(store.find(first.key())).hasValue(second);
        assertThat(store.file(second)).hasContent("second");
        assertThat(store.count()).isEqualTo(1);
    }
}
