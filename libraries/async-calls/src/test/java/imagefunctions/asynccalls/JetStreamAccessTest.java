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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that ask who one is, and settings that name none. */
final class JetStreamAccessTest {
    private static final String LINK = "imagefunctions.asynccalls.jetstream.NatsLink";

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
        try (NatsCluster nats = NatsCluster.start(
                        folder, 1, NatsCluster.LOOPBACK, "authorization { user: alice, password: s3cret }\n");
                JetStreamQueue nobody = JetStreamQueue.open(settings(nats.urls(), JetStreamSettings.Access.OPEN));
                JetStreamQueue queue = JetStreamQueue.open(settings(nats.urls(), alice))) {
            await().until(queue::isReachable);

            assertThat(nobody.isReachable()).isFalse();
            assertThatThrownBy(() -> nobody.accept(Rig.call("call-1", ""), OptionalLong.empty()))
                    .isInstanceOf(QueueUnreachableException.class);
        }
    }

    /** The client closes a connection for good whose credentials are refused twice. */
    @Test
    void credentialsThatAreChangedAreReadAgain() throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        Path users = Files.createDirectories(folder.resolve("nats-0")).resolve("users.conf");
        Files.writeString(users, "authorization { user: alice, password: s3cret }\n");
        Path file = Files.writeString(folder.resolve("credentials"), "alice:s3cret\n");
        JetStreamSettings.Access alice = new JetStreamSettings.Access(Optional.of(file), Optional.empty());
        try (NatsCluster nats = NatsCluster.start(folder, 1, NatsCluster.LOOPBACK, "include \"users.conf\"\n");
                JetStreamQueue queue = JetStreamQueue.open(settings(nats.urls(), alice));
                LogRecords log = LogRecords.of(LINK)) {
            await().until(queue::isReachable);
            nats.kill(0);
            Files.writeString(users, "authorization { user: alice, password: changed }\n");
            nats.start(0);
            await().until(() -> log.messages().stream()
                    .anyMatch(line -> line.contains("CLOSED") || line.contains("Authorization Violation")));

            Files.writeString(file, "alice:changed\n");

            await().until(queue::isReachable);
        }
    }

    @Test
    void serversProveThemselvesByACertificateThatAnAuthorityOfTheFileSigned() throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        TestAuthority ours = TestAuthority.make(folder, "ours", "ip:127.0.0.1");
        TestAuthority others = TestAuthority.make(folder, "others", "ip:127.0.0.1");
        Path file = Files.writeString(folder.resolve("credentials"), "alice:s3cret\n");
        String secured = ours.serverConfiguration() + "authorization { user: alice, password: s3cret }\n";
        try (NatsCluster nats = NatsCluster.start(folder, 1, NatsCluster.LOOPBACK, secured)) {
            String servers = nats.urls().replace("nats://", "tls://");
            try (LogRecords log = LogRecords.of(LINK);
                    JetStreamQueue deceived = JetStreamQueue.open(settings(
                            servers,
                            new JetStreamSettings.Access(Optional.of(file), Optional.of(others.certificate()))))) {
                await().untilAsserted(() -> assertThat(log.messages()).anySatisfy(line -> assertThat(line)
                        .contains("its certificate is signed by none of those in " + others.certificate())));
                assertThat(deceived.isReachable()).isFalse();
            }
            try (JetStreamQueue queue = JetStreamQueue.open(settings(
                    servers, new JetStreamSettings.Access(Optional.of(file), Optional.of(ours.certificate()))))) {
                await().until(queue::isReachable);
            }
        }
    }

    @Test
    void aServerWithTheCertificateOfAnotherIsRefused() throws Exception {
        assumeTrue(NatsCluster.isInstalled(), NatsCluster.MISSING);
        TestAuthority ours = TestAuthority.make(folder, "ours", "dns:nats.example");
        try (NatsCluster nats = NatsCluster.start(folder, 1, NatsCluster.LOOPBACK, ours.serverConfiguration());
                LogRecords log = LogRecords.of(LINK);
                JetStreamQueue queue = JetStreamQueue.open(settings(
                        nats.urls().replace("nats://", "tls://"),
                        new JetStreamSettings.Access(Optional.empty(), Optional.of(ours.certificate()))))) {
            await().untilAsserted(() -> assertThat(log.messages())
                    .anySatisfy(line -> assertThat(line).contains("there is no TLS with it", "127.0.0.1")));
            assertThat(queue.isReachable()).isFalse();
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "no certificate\n");
        try (LogRecords log = LogRecords.of(LINK);
                JetStreamQueue queue = JetStreamQueue.open(settings(
                        "tls://127.0.0.1:4222", new JetStreamSettings.Access(Optional.empty(), Optional.of(empty))))) {
            await().untilAsserted(() -> assertThat(log.messages())
                    .anySatisfy(line -> assertThat(line).contains(empty + " holds no certificates in PEM")));
            assertThat(queue.isReachable()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nats://a:4222,b:4222,c:4222        | nats://a:4222,nats://b:4222,nats://c:4222
            tls://a:4222, b:4222               | tls://a:4222,tls://b:4222
            nats://a:4222,b:4222,nats://c:4222 | nats://a:4222,nats://b:4222,nats://c:4222
            """)
    void theSchemeOfTheFirstServerHoldsForThoseThatHaveNone(String servers, String each) {
        assertThat(settings(servers, JetStreamSettings.Access.OPEN).servers()).isEqualTo(each);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:4222",
                "a:4222,nats://b:4222",
                "http://127.0.0.1:4222",
                "nats://a:4222,",
                "nats://a:4222/path"
            })
    void whatNamesNoServerIsRefused(String servers) {
        assertThatThrownBy(() -> settings(servers, JetStreamSettings.Access.OPEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("IMAGE_FUNCTIONS_QUEUE")
                .hasMessageContaining("nats://HOST:PORT");
    }
}
