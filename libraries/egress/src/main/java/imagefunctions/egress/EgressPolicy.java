package imagefunctions.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a URL of a user may lead to: public ones always, loopback and private ones only in local mode or by
 * the allow list, link-local, metadata, multicast and reserved ones never.
 */
public final class EgressPolicy {
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_-]+)*");
    private static final Pattern LOOKS_LIKE_ADDRESS = Pattern.compile(".*[:/].*|[0-9.]+");

    private final boolean local;
    private final List<Network> networks;
    private final Set<String> hosts;

    private EgressPolicy(boolean local, List<Network> networks, Set<String> hosts) {
        this.local = local;
        this.networks = List.copyOf(networks);
        this.hosts = Set.copyOf(hosts);
    }

    /** Local mode: the machine itself and its private networks may be called. */
    public static EgressPolicy local() {
        return new EgressPolicy(true, List.of(), Set.of());
    }

    /**
     * Public addresses, and the loopback or private ones of this list.
     *
     * @param allowed networks in CIDR notation, addresses and host names, separated by commas; may be empty
     * @throws IllegalArgumentException naming the entry that is none of these
     */
    public static EgressPolicy allowing(String allowed) {
        List<Network> networks = new ArrayList<>();
        Set<String> hosts = new HashSet<>();
        for (String entry : allowed.split(",", -1)) {
            String name = entry.strip().toLowerCase(Locale.ROOT);
            if (LOOKS_LIKE_ADDRESS.matcher(name).matches()) {
                networks.add(network(name));
            } else if (HOST_NAME.matcher(name).matches()) {
                hosts.add(name);
            } else if (!name.isEmpty()) {
                throw unreadable(name, null);
            }
        }
        return new EgressPolicy(false, networks, hosts);
    }

    private static Network network(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(text, e);
        }
    }

    private static IllegalArgumentException unreadable(String entry, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "\"" + entry + "\" is no network (10.1.0.0/16), address (10.1.2.3) or host name (minio.storage.svc)",
                cause);
    }

    /** Whether a connection to this address, asked for under this host name, may be made. */
    boolean allows(String host, InetAddress address) {
        return switch (AddressKind.of(address)) {
            case PUBLIC -> true;
            case INSIDE ->
                local
                        || hosts.contains(host.toLowerCase(Locale.ROOT))
                        || networks.stream().anyMatch(network -> network.contains(address));
            case NEVER -> false;
        };
    }
}
