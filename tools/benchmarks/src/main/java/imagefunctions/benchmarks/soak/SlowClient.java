package imagefunctions.benchmarks.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** A client that sends its request byte by byte, and another one when the server has had enough of it. */
final class SlowClient {
    private static final byte[] REQUEST =
            "POST /function/draft HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n".getBytes(US_ASCII);
    private static final int BETWEEN_BYTES_MILLIS = 300;

    private SlowClient() {}

    static void connect(URI server) throws InterruptedException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            for (int i = 0; socket.getInputStream().available() == 0; i++) {
                socket.getOutputStream().write(i < REQUEST.length ? REQUEST[i] : 0);
                Thread.sleep(BETWEEN_BYTES_MILLIS);
            }
        } catch (IOException e) {
            Thread.sleep(BETWEEN_BYTES_MILLIS);
        }
    }
}
