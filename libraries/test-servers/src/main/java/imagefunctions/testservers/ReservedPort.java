package imagefunctions.testservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A port of this machine, by default of the loopback interface, for a server that starts later, ends in between, or never
 * is there. Until it is closed no other program is given it, and while nobody listens there, connections are refused.
 */
public final class ReservedPort implements AutoCloseable {
    /** Bound, never listening: Linux lets a server that reuses addresses listen at the same port, and nobody else. */
    private final Socket holder = new Socket();

    public ReservedPort() throws IOException {
        this(InetAddress.getLoopbackAddress());
    }

    /** One of another interface of this machine. */
    ReservedPort(InetAddress address) throws IOException {
        holder.setReuseAddress(true);
        holder.bind(new InetSocketAddress(address, 0));
    }

    public int number() {
        return holder.getLocalPort();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(holder.getLocalAddress(), number());
    }

    /** {@code http://127.0.0.1:PORT}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + number());
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }

    @Override
    public String toString() {
        return Integer.toString(number());
    }
}
