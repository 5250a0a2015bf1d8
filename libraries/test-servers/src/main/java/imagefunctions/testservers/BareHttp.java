package imagefunctions.testservers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** HTTP by sockets of this machine's loopback interface, a connection for each request. */
public final class BareHttp {
    private static final int PATIENCE_MILLIS = 30_000;

    private BareHttp() {}

    /** What a GET is answered with, head and body, by a caller who says that it will ask nothing else. */
    public static String get(URI uri) throws IOException {
        return get(uri, "Connection: close\r\n");
    }

    /** The same by a caller who may ask more on the connection: it is the server that has to end it. */
    public static String getUntilTheServerEnds(URI uri) throws IOException {
        return get(uri, "");
    }

    private static String get(URI uri, String headers) throws IOException {
        try (Socket socket = connect(uri)) {
            socket.getOutputStream()
                    .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A connection, on which nothing is waited for without an end. */
    public static Socket connect(URI uri) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Whether nobody listens there. */
    public static boolean refuses(URI uri) throws IOException {
        try (Socket socket = connect(uri)) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }
}
