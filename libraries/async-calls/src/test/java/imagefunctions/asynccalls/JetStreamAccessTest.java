package imagefunctions.asynccalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import imagefunctions.asynccalls.jetstream.JetStreamQueue;
import imagefunctions.asynccalls.jetstream.JetStreamSettings;
import imagefunctions.testservers.NatsCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that ask who one is, and settings that name none. */
final class JetStreamAccessTest {
    private final Path folder;

    JetStreamAccessTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static JetStreamSettings settings(String servers, JetStreamSettings.Access access) {
        return new JetStreamSettings(
                servers,
                access,
                "test",
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Rig.limits(),
                Rig.ONE_QUEUE);
    }

    @Test
    void onlyWhoShowsTheCredentialsOfTheFileIsLetIn() throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        Path file = Files.writeString(folder.resolve("credentials"), "alice:s3cret\n");
        JetStreamSettings.Access alice = new JetStreamSettings.Access(Optional.of(file), Optional.empty());
        try (NatsCluster nats = NatsCluster.start(folder, 1, "authorization { user: alice, password: s3cret }\n");
                JetStreamQueue nobody = JetStreamQueue.open(settings(nats.urls(), JetStreamSettings.Access.OPEN));
                JetStreamQueue queue = JetStreamQueue.open(settings(nats.urls(), alice))) {
            await().until(queue::isReachable);

            assertThat(nobody.isReachable()).isFalse();
            assertThatThrownBy(() -> nobody.accept(Rig.call("call-1", ""), OptionalLong.empty()))
                    .isInstanceOf(QueueUnreachableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:4222", "http://127.0.0.1:4222", "nats://a:4222,", "nats://a:4222/path"})
    void whatNamesNoServerIsRefused(String servers) {
        assertThatThrownBy(() -> settings(servers, JetStreamSettings.Access.OPEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IMAGE_FUNCTIONS_QUEUE")
                .hasMessageContaining("nats://HOST:PORT");
    }
}
