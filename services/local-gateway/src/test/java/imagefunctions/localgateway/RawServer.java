package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that sends bytes: what HTTP forbids, too. One request a connection, which the path says how to answer. */
final class RawServer implements AutoCloseable {
    /** How a path is answered. */
    interface Script {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    /** A request whose head was read. */
    record Exchange(String head, InputStream in, OutputStream out) {
        void send(String bytes) throws IOException {
            out.write(bytes.getBytes(ISO_8859_1));
            out.flush();
        }

        /** The first value of a header of the request, or an empty text. */
        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** A body that says its length. */
        byte[] body() throws IOException {
            return in.readNBytes(Integer.parseInt(header("Content-Length")));
        }
    }

    /** A head of these lines. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private final ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Exchange> asked = new CopyOnWriteArrayList<>();

    RawServer() throws IOException {
        threads.execute(this::accept);
    }

    /** Answers this path so; with a query, it is the same path. */
    RawServer at(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    String name() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    String url(String path) {
        return "http://" + name() + path;
    }

    /** The requests of this path so far. */
    List<Exchange> asked(String path) {
        return asked.stream().filter(exchange -> path(exchange).equals(path)).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16);
            Exchange exchange = new Exchange(head(in), in, connection.getOutputStream());
            if (!exchange.head().isEmpty()) {
                asked.add(exchange);
                scripts.getOrDefault(
                                path(exchange), unknown -> unknown.send("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n"))
                        .answer(exchange);
            }
        } catch (IOException left) {
            // What became of it shows at the caller.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0) {
            head.write(next);
            if (next == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(ISO_8859_1);
            }
            next = in.read();
        }
        return "";
    }

    private static String path(Exchange exchange) {
        return exchange.head().split(" ", 3)[1].replaceFirst("\\?.*", "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
