package imagefunctions.asynccalls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The line between one client of NATS and its server: tests say what becomes of a request, and of all that is said for a
 * while. It reads the client's protocol of NATS, in which a message is a line of words and, in PUB, HPUB, MSG and HMSG, as
 * many bytes behind it as its last word says.
 */
final class NatsLine implements AutoCloseable {
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final String LINE_END = "\r\n";

    private final InetSocketAddress server;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Rule> rules = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Object changed = new Object();
    private boolean held;
    private volatile Optional<String> unheard = Optional.empty();

    /** A line to the server at this URL. */
    NatsLine(String url) throws IOException {
        server = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(url).getPort());
        Thread.ofVirtual().name("nats-line").start(this::accept);
    }

    /** What becomes of a request. */
    interface Rule {
        void of(Request request) throws Exception;
    }

    String url() {
        return "nats://127.0.0.1:" + listening.getLocalPort();
    }

    /** What becomes of the next requests whose subject begins so, in turn; those after them pass. */
    void next(String subject, Rule... each) {
        AtomicInteger turn = new AtomicInteger();
        rules.put(subject, request -> {
            int now = turn.getAndIncrement();
            Rule rule = now < each.length ? each[now] : Request::pass;
            rule.of(request);
        });
    }

    /** What becomes of all requests whose subject begins so. */
    void always(String subject, Rule rule) {
        rules.put(subject, rule);
    }

    /** How many messages of such a subject the client has sent. */
    int seen(String subject) {
        return seen.entrySet().stream()
                .filter(count -> count.getKey().startsWith(subject))
                .mapToInt(count -> count.getValue().get())
                .sum();
    }

    /** How often the client has connected. */
    int connections() {
        return connections.get();
    }

    /** Nothing comes through, either way, until it is released; then all of it does. */
    void hold() {
        synchronized (changed) {
            held = true;
        }
    }

    void release() {
        synchronized (changed) {
            held = false;
            changed.notifyAll();
        }
    }

    private void awaitReleased() throws InterruptedException {
        synchronized (changed) {
            while (held) {
                changed.wait();
            }
        }
    }

    /** No message whose subject begins so comes to the client; the server still answers that it is there. */
    void deafen(String subject) {
        unheard = Optional.of(subject);
    }

    void hear() {
        unheard = Optional.empty();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                sockets.add(client);
                Socket upstream = new Socket();
                sockets.add(upstream);
                upstream.connect(server);
                connections.incrementAndGet();
                Connection connection = new Connection(client, upstream);
                Thread.ofVirtual().name("nats-line-up").start(() -> pump(connection::up, connection));
                Thread.ofVirtual().name("nats-line-down").start(() -> pump(connection::down, connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private interface Pump {
        void run() throws Exception;
    }

    private static void pump(Pump pump, Connection connection) {
        try (connection) {
            pump.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception ended) {
            // The client or the server has closed, and so does the other side.
        }
    }

    /** A line of words with what follows it. */
    private static final class Frame {
        final List<String> words;
        private final byte[] payload;

        Frame(List<String> words, byte[] payload) {
            this.words = words;
            this.payload = payload;
        }

        static Frame read(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new EOFException();
                }
                line.append((char) b);
            }
            List<String> words = SPACES.splitAsStream(line.toString().strip()).toList();
            boolean hasPayload = Set.of("PUB", "HPUB", "MSG", "HMSG").contains(words.getFirst());
            int length = hasPayload ? Integer.parseInt(words.getLast()) + LINE_END.length() : 0;
            return new Frame(words, in.readNBytes(length));
        }

        String text() {
            return new String(payload, UTF_8).strip();
        }

        void write(OutputStream out) throws IOException {
            synchronized (out) {
                out.write((String.join(" ", words) + LINE_END).getBytes(ISO_8859_1));
                out.write(payload);
                out.flush();
            }
        }
    }

    private final class Connection implements AutoCloseable {
        private final Socket client;
        private final Socket server;
        private final Map<String, String> subscriptions = new ConcurrentHashMap<>();
        private final Map<String, UnaryOperator<String>> answers = new ConcurrentHashMap<>();
        private final Set<String> lost = ConcurrentHashMap.newKeySet();

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void up() throws Exception {
            InputStream in = new BufferedInputStream(client.getInputStream());
            while (true) {
                Frame frame = Frame.read(in);
                awaitReleased();
                switch (frame.words.getFirst()) {
                    case "SUB" -> {
                        subscriptions.put(frame.words.get(1), frame.words.getLast());
                        frame.write(server.getOutputStream());
                    }
                    case "PUB", "HPUB" -> request(new Request(this, frame));
                    default -> frame.write(server.getOutputStream());
                }
            }
        }

        private void request(Request request) throws Exception {
            seen.computeIfAbsent(request.subject, subject -> new AtomicInteger())
                    .incrementAndGet();
            for (Map.Entry<String, Rule> rule : rules.entrySet()) {
                if (request.subject.startsWith(rule.getKey())) {
                    rule.getValue().of(request);
                    return;
                }
            }
            request.pass();
        }

        void down() throws Exception {
            InputStream in = new BufferedInputStream(server.getInputStream());
            while (true) {
                Frame frame = Frame.read(in);
                awaitReleased();
                if (!frame.words.getFirst().endsWith("MSG")) {
                    frame.write(client.getOutputStream());
                    continue;
                }
                String subject = frame.words.get(1);
                UnaryOperator<String> change = answers.remove(subject);
                if (change != null) {
                    answer(subject, change.apply(frame.text()));
                } else if (!lost.remove(subject)
                        && unheard.filter(subject::startsWith).isEmpty()) {
                    frame.write(client.getOutputStream());
                }
            }
        }

        private void answer(String subject, String text) throws IOException {
            String inbox = subject.substring(0, subject.lastIndexOf('.') + 1) + "*";
            String subscription = subscriptions.getOrDefault(inbox, subscriptions.getOrDefault(subject, ""));
            String length = Integer.toString(text.getBytes(UTF_8).length);
            new Frame(List.of("MSG", subject, subscription, length), (text + LINE_END).getBytes(UTF_8))
                    .write(client.getOutputStream());
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    /** Something that the client asks of the server. */
    static final class Request {
        private final Connection connection;
        private final Frame frame;
        private final String subject;
        private final String inbox;

        private Request(Connection connection, Frame frame) {
            this.connection = connection;
            this.frame = frame;
            this.subject = frame.words.get(1);
            this.inbox = frame.words.get(2);
        }

        /** The server gets it, and the client its answer. */
        void pass() throws IOException {
            frame.write(connection.server.getOutputStream());
        }

        /** The server gets it, and its answer is lost. */
        void passUnheard() throws IOException {
            connection.lost.add(inbox);
            pass();
        }

        /** The server gets it, and the client something else than its answer. */
        void passChanged(UnaryOperator<String> answer) throws IOException {
            connection.answers.put(inbox, answer);
            pass();
        }

        /** The server does not get it, and the client this for an answer. */
        void answer(String text) throws IOException {
            connection.answer(inbox, text);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        release();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
