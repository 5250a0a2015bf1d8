package imagefunctions.localgateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A network of its own for processes, joined to this machine by one cable. It ends with the process that holds it. */
final class NetworkNamespace implements AutoCloseable {
    private final String network;
    private final Process holder;

    private NetworkNamespace(String network, Process holder) {
        this.network = network;
        this.holder = holder;
    }

    /**
     * Makes one.
     *
     * @throws IOException if this machine or this user may not
     */
    static NetworkNamespace open() throws IOException {
        // What it reads is never written: it ends when this process does.
        Process holder = new ProcessBuilder("unshare", "--net", "--", "cat").start();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        NetworkNamespace namespace =
                new NetworkNamespace("10." + random.nextInt(200, 250) + "." + random.nextInt(256) + ".", holder);
        try {
            Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
            Path its = Path.of("/proc/" + holder.pid() + "/ns/net");
            await().until(() ->
                    !holder.isAlive() || !Files.readSymbolicLink(its).equals(own));
            namespace.join();
            return namespace;
        } catch (IOException e) {
            namespace.close();
            throw e;
        }
    }

    private void join() throws IOException {
        String pid = String.valueOf(holder.pid());
        String here = "here" + pid;
        String there = "there" + pid;
        run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", pid);
        for (int side = 0; side < 2; side++) {
            run("ip", "address", "add", here(side) + "/24", "dev", here);
        }
        run("ip", "link", "set", here, "up");
        runThere("ip", "address", "add", there() + "/24", "dev", there);
        runThere("ip", "link", "set", there, "up");
        runThere("ip", "link", "set", "lo", "up");
    }

    /** One of two addresses of this machine, for those within; it is by the first one that they are called from here. */
    String here(int side) {
        return network + (1 + side);
    }

    /** The address of those within, for this machine. */
    String there() {
        return network + 9;
    }

    /** What a command begins with that is to run within. */
    List<String> entry() {
        return List.of("nsenter", "--net", "--target", String.valueOf(holder.pid()), "--");
    }

    /** From now on, what those within send to this address of this machine is lost on its way. */
    void cut(int side) throws IOException {
        runThere("ip", "route", "add", here(side) + "/32", "dev", "lo");
    }

    void heal(int side) throws IOException {
        runThere("ip", "route", "del", here(side) + "/32", "dev", "lo");
    }

    private void runThere(String... command) throws IOException {
        List<String> all = new ArrayList<>(entry());
        all.addAll(List.of(command));
        run(all.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly().onExit().join();
    }
}
