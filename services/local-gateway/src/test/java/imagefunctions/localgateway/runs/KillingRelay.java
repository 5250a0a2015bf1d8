package imagefunctions.localgateway.runs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import imagefunctions.localgateway.LocalGatewayProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Stands between a gateway and a store, and kills the gateway at the upload of one object: before it, or behind it. */
final class KillingRelay implements AutoCloseable {
    /** Longer than the first line of a request. */
    private static final int LINE = 2_000;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CompletableFuture<LocalGatewayProcess> victim = new CompletableFuture<>();
    private final URI store;
    private final Predicate<String> upload;
    private final boolean before;

    /**
     * A relay that kills nobody yet.
     *
     * @param object what the path of the object ends with
     * @param before whether the store gets to see nothing of it, or has answered that it is kept
     */
    KillingRelay(URI store, String object, boolean before) throws IOException {
        this.store = store;
        this.upload =
                Pattern.compile("PUT \\S*/" + Pattern.quote(object) + "[? ]").asPredicate();
        this.before = before;
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    void kills(LocalGatewayProcess gateway) {
        victim.complete(gateway);
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(listener.accept());
                Thread.ofVirtual().start(connection::forth);
                Thread.ofVirtual().start(connection::back);
            }
        } catch (IOException closed) {
            // As it is meant.
        }
    }

    /** One request after the other, so that what comes back is the answer to the last one. */
    private final class Connection {
        private final Socket gateway;
        private final Socket server = new Socket(store.getHost(), store.getPort());
        private volatile boolean uploads;

        Connection(Socket gateway) throws IOException {
            this.gateway = gateway;
        }

        void forth() {
            StringBuilder seen = new StringBuilder();
            pass(gateway, server, piece -> {
                seen.append(piece);
                uploads |= upload.test(seen.toString());
                seen.delete(0, Math.max(0, seen.length() - LINE));
                return uploads && before;
            });
        }

        /** Success is the answer, whatever came before it: 100 has the gateway go on. */
        void back() {
            pass(server, gateway, piece -> uploads && piece.startsWith("HTTP/1.1 2"));
        }

        private void pass(Socket from, Socket to, Predicate<String> last) {
            byte[] buffer = new byte[64 << 10];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (last.test(new String(buffer, 0, count, ISO_8859_1))) {
                        victim.join().kill();
                        return;
                    }
                    to.getOutputStream().write(buffer, 0, count);
                }
            } catch (IOException ended) {
                // One side has closed: so does the other.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
