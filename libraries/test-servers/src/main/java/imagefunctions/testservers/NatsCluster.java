package imagefunctions.testservers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Processes of nats-server with JetStream: one, or a cluster, whose servers can be killed and started again; {@code
 * -Dcluster.server} names the program of a cluster, if it is not the one on the PATH.
 */
public final class NatsCluster implements AutoCloseable {
    /** Where nobody but this machine reaches a server. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final String PROGRAM = "nats-server";

    /** What a cluster runs, where its servers are killed: those of Debian 12 lose what they acknowledged. */
    private static final String CLUSTERED = System.getProperty("cluster.server", PROGRAM);

    private final Path folder;
    private final String more;
    private final List<Server> servers = new ArrayList<>();

    private NatsCluster(Path folder, String more) {
        this.folder = folder;
        this.more = more;
    }

    /** One server; its ports stay its own while it does not run. */
    private static final class Server {
        final ReservedPort clients;
        final ReservedPort routes = new ReservedPort();

        @Nullable
        Process process;

        Server(InetAddress host) throws IOException {
            clients = new ReservedPort(host);
        }

        String address() {
            return clients.address().getHostString() + ":" + clients;
        }
    }

    /** What a test says that is skipped for want of it. */
    public static final String MISSING = "nats-server is not on the PATH: nothing is kept by NATS JetStream";

    public static boolean isInstalled() {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, PROGRAM))) {
                return true;
            }
        }
        return false;
    }

    /** Starts one server, and waits until it can be connected to. */
    public static NatsCluster single(Path folder) throws IOException {
        NatsCluster single = start(folder, 1);
        InetSocketAddress address = single.servers.getFirst().clients.address();
        await().ignoreExceptions().until(() -> {
            new Socket(address.getAddress(), address.getPort()).close();
            return true;
        });
        return single;
    }

    /** Starts this many servers; one alone is no cluster. */
    public static NatsCluster start(Path folder, int count) throws IOException {
        return start(folder, count, LOOPBACK, "");
    }

    /** The same at this address of the machine, with more lines of configuration. */
    public static NatsCluster start(Path folder, int count, String host, String more) throws IOException {
        NatsCluster cluster = new NatsCluster(folder, more);
        for (int i = 0; i < count; i++) {
            cluster.servers.add(new Server(InetAddress.getByName(host)));
        }
        for (int i = 0; i < count; i++) {
            cluster.start(i);
        }
        return cluster;
    }

    /** The addresses of all, as clients name them. */
    public String urls() {
        return servers.stream().map(server -> "nats://" + server.address()).collect(Collectors.joining(","));
    }

    /** Starts a server that does not run, with what it kept. */
    public void start(int number) throws IOException {
        Server server = servers.get(number);
        Path own = Files.createDirectories(folder.resolve("nats-" + number));
        Path configuration = own.resolve("nats.conf");
        Files.writeString(configuration, configuration(number, own));
        String program = servers.size() == 1 ? PROGRAM : CLUSTERED;
        server.process = new ProcessBuilder(program, "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(own.resolve("log").toFile()))
                .start();
    }

    private String configuration(int number, Path own) {
        String routes = servers.stream()
                .filter(server -> server != servers.get(number))
                .map(server -> "nats://127.0.0.1:" + server.routes)
                .collect(Collectors.joining(", "));
        String cluster = servers.size() == 1
                ? ""
                : "cluster { name: test, listen: \"127.0.0.1:" + servers.get(number).routes + "\", routes: [" + routes
                        + "] }\n";
        return "server_name: n" + number + "\nlisten: \""
                + servers.get(number).address() + "\"\njetstream { store_dir: \"" + own.resolve("data")
                + "\", max_mem: 64M, max_file: 16G }\n" + cluster + more;
    }

    /** Ends a server as kill -9 does. */
    public void kill(int number) throws InterruptedException {
        Process process = servers.get(number).process;
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (int i = 0; i < servers.size(); i++) {
                kill(i);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Server server : servers) {
            server.clients.close();
            server.routes.close();
        }
    }
}
