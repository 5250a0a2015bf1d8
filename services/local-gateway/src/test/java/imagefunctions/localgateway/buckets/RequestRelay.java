package imagefunctions.localgateway.buckets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands in front of an HTTP server, passes on every byte, and notes the requests. */
final class RequestRelay implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+ /\\S*) HTTP/1.1\r\n");

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final InetSocketAddress server;
    private final Consumer<String> before;
    private volatile long lastNoted = System.nanoTime();

    RequestRelay(InetSocketAddress server) throws IOException {
        this(server, request -> {});
    }

    /** One that does something before it passes on a request, of which it gets the method and the path. */
    RequestRelay(InetSocketAddress server, Consumer<String> before) throws IOException {
        this.server = server;
        this.before = before;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The methods and paths of all requests until now that have this in their path. */
    List<String> requests(String inPath) {
        return requests.stream().filter(request -> request.contains(inPath)).toList();
    }

    /** Whether nothing was asked for this long. */
    boolean isQuietFor(Duration time) {
        return System.nanoTime() - lastNoted > time.toNanos();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket upstream = new Socket(server.getAddress(), server.getPort());
                Thread.ofVirtual().start(() -> pass(client, upstream, true));
                Thread.ofVirtual().start(() -> pass(upstream, client, false));
            }
        } catch (IOException closed) {
            // As it is meant.
        }
    }

    private void pass(Socket from, Socket to, boolean noted) {
        String unfinished = "";
        byte[] buffer = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (noted) {
                    unfinished = note(unfinished + new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException ended) {
            // One side has closed: so does the other.
        }
    }

    /** Notes the requests that begin in a piece of a connection. Returns what the next one may begin in. */
    private String note(String piece) {
        Matcher request = REQUEST.matcher(piece);
        int end = 0;
        while (request.find()) {
            requests.add(request.group(1));
            lastNoted = System.nanoTime();
            before.accept(request.group(1));
            end = request.end();
        }
        return piece.substring(Math.max(end, piece.length() - 2_000));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
