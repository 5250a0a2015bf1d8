package imagefunctions.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {
    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "1.1.1.1, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.128.0.0, PUBLIC",
        "223.255.255.255, PUBLIC",
        "2606:4700::1111, PUBLIC",
        "64:ff9b::808:808, PUBLIC",
        "127.0.0.1, INSIDE",
        "127.255.255.255, INSIDE",
        "::1, INSIDE",
        "10.0.0.0, INSIDE",
        "172.16.0.0, INSIDE",
        "172.31.255.255, INSIDE",
        "192.168.255.255, INSIDE",
        "100.64.0.1, INSIDE",
        "198.19.255.255, INSIDE",
        "fc00::1, INSIDE",
        "fdff::1, INSIDE",
        "fec0::1, INSIDE",
        "64:ff9b::a00:1, INSIDE",
        "0.0.0.0, NEVER",
        "0.1.2.3, NEVER",
        "::, NEVER",
        "169.254.169.254, NEVER",
        "169.254.0.1, NEVER",
        "fe80::1, NEVER",
        "febf::1, NEVER",
        "100.100.100.200, NEVER",
        "168.63.129.16, NEVER",
        "192.0.0.192, NEVER",
        "fd00:ec2::254, NEVER",
        "fd20:ce::254, NEVER",
        "fd00:c1::a9fe:a9fe, NEVER",
        "64:ff9b::a9fe:a9fe, NEVER",
        "64:ff9b:1::a9fe:a9fe, NEVER",
        "224.0.0.1, NEVER",
        "239.255.255.255, NEVER",
        "240.0.0.1, NEVER",
        "255.255.255.255, NEVER",
        "ff02::1, NEVER",
        "192.0.2.1, NEVER",
        "198.51.100.1, NEVER",
        "203.0.113.1, NEVER",
        "192.88.99.1, NEVER",
        "2001:db8::1, NEVER",
        "3fff::1, NEVER",
        "2001::1, NEVER",
        "2002:7f00:1::, NEVER",
        "2002:808:808::, NEVER",
        "::7f00:1, NEVER",
        "100::1, NEVER",
        "5f00::1, NEVER"
    })
    void addressesAreJudgedByWhatLiesBehindThem(String address, AddressKind kind) {
        assertThat(AddressKind.of(InetAddress.ofLiteral(address))).isEqualTo(kind);
    }

    @Test
    void anIpv4AddressWrittenAsIpv6IsJudgedAsTheIpv4Address() throws Exception {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffffa9fea9fe");
        InetAddress metadata = Inet6Address.getByAddress("mapped", mapped, -1);

        assertThat(metadata).isInstanceOf(Inet6Address.class);
        assertThat(AddressKind.of(metadata)).isEqualTo(AddressKind.NEVER);
    }
}
