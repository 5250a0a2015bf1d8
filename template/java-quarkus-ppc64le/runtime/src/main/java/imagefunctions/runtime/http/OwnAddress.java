package imagefunctions.runtime.http;

import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where this process listens ({@code QUARKUS_HTTP_HOST}), and under which name programs of this machine find it. */
@Singleton
public final class OwnAddress {
    private final InetAddress bound;
    private final String host;

    OwnAddress(@ConfigProperty(name = "quarkus.http.host") String host) {
        this.host = host;
        try {
            this.bound = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "QUARKUS_HTTP_HOST is " + host + ": set it to an address of this machine.", e);
        }
    }

    /** Whether only programs of this machine can connect. */
    public boolean isLoopback() {
        return bound.isLoopbackAddress();
    }

    /** The host as a URL has it, in brackets if it is an IPv6 address. */
    public String listening() {
        return inUrl(host);
    }

    /** The same for clients on this machine: where it listens on all addresses, the loopback one. */
    public String reachable() {
        if (!bound.isAnyLocalAddress()) {
            return listening();
        }
        return bound instanceof Inet4Address ? "127.0.0.1" : "[::1]";
    }

    private static String inUrl(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
