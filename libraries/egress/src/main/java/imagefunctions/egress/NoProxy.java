package imagefunctions.egress;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** One entry of {@code no_proxy}: what is called directly. */
sealed interface NoProxy {
    boolean covers(String host, int port);

    /**
     * Reads {@code *}, a network such as {@code 10.0.0.0/8}, or an address or name, with a port or for all ports.
     *
     * @throws IllegalArgumentException naming an entry that is none of these
     */
    static NoProxy parse(String entry) {
        if (entry.equals("*")) {
            return new Everything();
        }
        try {
            return entry.contains("/") ? new Block(Network.parse(entry)) : hostOrDomain(entry);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no_proxy has \"" + entry + "\", which is no name, address or network, with a port or without", e);
        }
    }

    private static NoProxy hostOrDomain(String entry) {
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        String host = hasPort ? entry.substring(0, colon) : entry;
        int port = hasPort ? Integer.parseInt(entry.substring(colon + 1)) : 0;
        return literal(host).<NoProxy>map(address -> new Host(address, port)).orElseGet(() -> new Domain(host, port));
    }

    /** The address that a host is, if it is no name. */
    static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    /** All hosts. */
    record Everything() implements NoProxy {
        @Override
        public boolean covers(String host, int port) {
            return true;
        }
    }

    /** All addresses of a network; names are not looked up. */
    record Block(Network network) implements NoProxy {
        @Override
        public boolean covers(String host, int port) {
            return literal(host).filter(network::contains).isPresent();
        }
    }

    /**
     * One address.
     *
     * @param only the port, or 0 for all
     */
    record Host(InetAddress address, int only) implements NoProxy {
        @Override
        public boolean covers(String host, int port) {
            return (only == 0 || only == port)
                    && literal(host).filter(address::equals).isPresent();
        }
    }

    /**
     * {@code example.com} is that name and all below it, {@code .example.com} and {@code *.example.com} those below.
     *
     * @param only the port, or 0 for all
     */
    record Domain(String name, int only) implements NoProxy {
        private static final Pattern NAME = Pattern.compile("(\\*?\\.)?[\\p{L}\\p{N}_.-]+");

        public Domain {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(name);
            }
        }

        @Override
        public boolean covers(String host, int port) {
            String suffix = name.startsWith("*.") ? name.substring(1) : name.startsWith(".") ? name : "." + name;
            return (only == 0 || only == port) && (host.equals(name) || host.endsWith(suffix));
        }
    }
}
