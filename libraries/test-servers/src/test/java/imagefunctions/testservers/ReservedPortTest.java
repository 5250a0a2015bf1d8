package imagefunctions.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class ReservedPortTest {
    private static void connect(ReservedPort port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port.number()).close();
    }

    @Test
    void whileNobodyListensConnectionsAreRefused() throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aServerThatKnowsItListensThereAsOftenAsItLikes() throws Exception {
        try (ReservedPort port = new ReservedPort()) {
            for (int i = 0; i < 3; i++) {
                try (ServerSocket server = new ServerSocket()) {
                    server.bind(port.address());
                    connect(port);
                }
                assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void whoTakesAnyPortIsNotGivenIt() throws Exception {
        try (ReservedPort port = new ReservedPort();
                ReservedPort other = new ReservedPort();
                ServerSocket any = new ServerSocket(0)) {
            assertThat(port.number()).isNotIn(other.number(), any.getLocalPort());
        }
    }
}
