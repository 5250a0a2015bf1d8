package imagefunctions.egress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/** A block of IP addresses in CIDR notation, such as {@code 10.0.0.0/8}; a bare address is a block of one. */
record Network(InetAddress address, int prefix) {

    Network {
        int bits = address.getAddress().length * 8;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "/" + prefix + " is no prefix of " + address.getHostAddress() + ": use /0 to /" + bits);
        }
    }

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS/PREFIX}; no name is looked up.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            InetAddress one = InetAddress.ofLiteral(text);
            return new Network(one, one.getAddress().length * 8);
        }
        return new Network(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    static List<Network> all(String... texts) {
        return Arrays.stream(texts).map(Network::parse).toList();
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
