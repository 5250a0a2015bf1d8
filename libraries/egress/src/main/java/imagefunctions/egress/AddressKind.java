package imagefunctions.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The kind of host behind an IP address, by IANA's registries of special-purpose addresses (RFC 6890). */
enum AddressKind {
    /** Reachable for everybody. */
    PUBLIC,
    /** This machine or its own networks. */
    INSIDE,
    /** Never a legitimate target of a user's URL: link-local, metadata, multicast, unspecified, reserved. */
    NEVER;

    private static final List<Network> INSIDE_NETWORKS = Network.all(
            "127.0.0.0/8", // loopback
            "::1/128",
            "10.0.0.0/8", // private, RFC 1918
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10", // shared, RFC 6598: pods of some clusters
            "198.18.0.0/15", // benchmarking, RFC 2544: used inside networks
            "fc00::/7", // unique local, RFC 4193
            "fec0::/10"); // site-local, deprecated by RFC 3879

    private static final List<Network> NEVER_NETWORKS = Network.all(
            "0.0.0.0/8", // "this network": Linux connects 0.0.0.0 to itself
            "169.254.0.0/16", // link-local, and the metadata service of most clouds
            "100.100.100.200/32", // Alibaba Cloud's metadata
            "168.63.129.16/32", // Azure's host
            "192.0.0.0/24", // IETF protocol assignments, Oracle Cloud's metadata
            "192.0.2.0/24", // documentation
            "198.51.100.0/24",
            "203.0.113.0/24",
            "192.88.99.0/24", // 6to4 relays
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "fd00:ec2::/32", // AWS' metadata over IPv6
            "fd20:ce::254/128", // Google Cloud's
            "fd00:c1::a9fe:a9fe/128", // Oracle Cloud's
            "2001::/23", // IETF protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "3fff::/20",
            "2002::/16"); // 6to4: hides an IPv4 address

    private static final Network IPV6_UNICAST = Network.parse("2000::/3");
    private static final Network NAT64 = Network.parse("64:ff9b::/96");

    static AddressKind of(InetAddress address) {
        InetAddress real = unwrap(address);
        if (isIn(NEVER_NETWORKS, real)) {
            return NEVER;
        }
        if (isIn(INSIDE_NETWORKS, real)) {
            return INSIDE;
        }
        return real.getAddress().length == 4 || IPV6_UNICAST.contains(real) ? PUBLIC : NEVER;
    }

    private static boolean isIn(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The IPv4 address inside an IPv4-mapped or NAT64 one: packets end there. */
    private static InetAddress unwrap(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!NAT64.contains(address) && !isMapped(bytes)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** InetAddress turns ::ffff:a.b.c.d into IPv4 by itself, Inet6Address.getByAddress does not. */
    private static boolean isMapped(byte[] bytes) {
        return bytes.length == 16
                && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10)
                && bytes[10] == -1
                && bytes[11] == -1;
    }
}
