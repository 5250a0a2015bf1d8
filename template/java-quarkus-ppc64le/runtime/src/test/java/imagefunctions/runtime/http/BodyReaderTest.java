package imagefunctions.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer on a bare socket sees. */
@QuarkusTest
final class BodyReaderTest {

    @BeforeEach
    void sinksWait() {
        PumpRoute.OPENING.drainPermits();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/function/echo", "/function/nosuch", "/pump"})
    void aBodyThatIsNotFramedAsHttpIsAnsweredBeforeTheConnectionEnds(String path) throws IOException {
        try (Socket peer = connect()) {
            send(peer, "POST " + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");

            assertThat(rest(peer))
                    .startsWith(path.endsWith("nosuch") ? "HTTP/1.1 404 Not Found\r\n" : "HTTP/1.1 400 Bad Request\r\n")
                    .containsIgnoringCase("\r\nX-Call-Id: ")
                    .contains(path.endsWith("nosuch") ? "no function" : "does not follow HTTP's framing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/function/echo", "/pump"})
    void aChunkThatIsBadAfterGoodOnesIsAnsweredToo(String path) throws IOException {
        PumpRoute.OPENING.release();
        try (Socket peer = connect()) {
            send(
                    peer,
                    "POST " + path + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
            String goAhead = "HTTP/1.1 100 Continue\r\n\r\n";
            assertThat(new String(peer.getInputStream().readNBytes(goAhead.length()), US_ASCII))
                    .isEqualTo(goAhead);
            send(peer, "4\r\ngood\r\nnonsense\r\n");

            assertThat(rest(peer)).startsWith("HTTP/1.1 400 Bad Request\r\n").containsIgnoringCase("Connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/function/echo", "/pump"})
    void aCallByHttp10IsAnsweredWithoutABidToContinue(String path) throws IOException {
        PumpRoute.OPENING.release();
        try (Socket peer = connect()) {
            send(
                    peer,
                    "POST " + path + " HTTP/1.0\r\nHost: x\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 5\r\n\r\nwhole");

            assertThat(rest(peer)).startsWith("HTTP/1.0 200 OK\r\n").endsWith("whole");
        }
    }

    @Test
    void nothingOfABodyIsLostThatArrivesBeforeItsSinkIsOpen() throws IOException {
        try (Socket peer = connect()) {
            send(peer, "POST /pump HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nwhole");
            PumpRoute.OPENING.release();

            assertThat(rest(peer)).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nwhole");
        }
    }

    @Test
    void aSenderIsNotBlamedForASinkThatTakesNothing() throws IOException {
        try (Socket peer = connect()) {
            send(peer, "POST /pump/stuck HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nwhole");

            assertThat(rest(peer))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .containsIgnoringCase("\r\nRetry-After: 10\r\n")
                    .contains("did not take it in time");
        }
    }

    private static Socket connect() throws IOException {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        Socket peer = new Socket(InetAddress.getLoopbackAddress(), port);
        peer.setSoTimeout(10_000);
        return peer;
    }

    private static void send(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String rest(Socket peer) throws IOException {
        return new String(peer.getInputStream().readAllBytes(), US_ASCII);
    }
}
