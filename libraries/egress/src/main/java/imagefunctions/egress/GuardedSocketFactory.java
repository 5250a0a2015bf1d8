package imagefunctions.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that connect to allowed addresses only.
 *
 * <p>Every connection passes here, with the address that it really goes to: neither an IP literal, nor a redirect, nor a
 * name that changes its address between two look-ups gets around it. A connection to the operator's proxy is allowed.
 */
final class GuardedSocketFactory extends SocketFactory {
    private final EgressPolicy policy;
    private final Proxies proxies;

    GuardedSocketFactory(EgressPolicy policy, Proxies proxies) {
        this.policy = policy;
        this.proxies = proxies;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint) throws IOException {
                connect(endpoint, 0);
            }

            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                check(endpoint);
                super.connect(endpoint, timeout);
            }
        };
    }

    private void check(SocketAddress endpoint) throws IOException {
        // getHostString, not getHostName: the latter asks the address' owner for its name.
        if (!(endpoint instanceof InetSocketAddress target) || target.isUnresolved() || !allows(target)) {
            throw new RefusedUrlException("Connections to " + endpoint + " are not allowed.");
        }
    }

    private boolean allows(InetSocketAddress target) {
        return proxies.contains(target.getHostString(), target.getPort())
                || policy.allows(target.getHostString(), target.getAddress());
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsUnseen();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connectsUnseen();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsUnseen();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw connectsUnseen();
    }

    private static UnsupportedOperationException connectsUnseen() {
        return new UnsupportedOperationException("sockets are connected after they were made");
    }
}
