package imagefunctions.gatewayclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewaysTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://gateway:8080                      | http://gateway:8080
            http://gateway:8080/                     | http://gateway:8080
            https://faas.example/behind/a/path//     | https://faas.example/behind/a/path
            http://a:1,http://b:2/ , http://c        | http://a:1, http://b:2, http://c
            http://a:1,http://a:1/                   | http://a:1
            """)
    void addressesAreSeparatedByCommasAndMayEndInASlash(String text, String read) {
        assertThat(Gateways.ofSetting(text)).hasToString(read);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            moon                     | write an address such as http://gateway.openfaas:8080
            http://a:1,              | write an address such as http://gateway.openfaas:8080
            ftp://a                  | write an address such as http://gateway.openfaas:8080
            http://a?b               | write an address such as http://gateway.openfaas:8080
            http://b:1,http://a:65536 | its port is none: give one from 1 to 65535
            http://user:secret@a:1   | they belong into the secrets basic-auth-user and basic-auth-password
            """)
    void whatIsNoAddressIsExplained(String text, String said) {
        assertThatThrownBy(() -> Gateways.ofSetting(text))
                .hasMessageStartingWith("gateway_url is \"" + text + "\": ")
                .hasMessageContaining(said);
    }

    @Test
    void thereAreNotTooMany() {
        String many = IntStream.range(0, 33).mapToObj(i -> "http://g" + i).collect(Collectors.joining(","));

        assertThatThrownBy(() -> Gateways.parse(many)).hasMessage("write from 1 to 32 addresses, these are 33");
    }

    @Test
    void aUserNeedsAPassword() {
        assertThat(Credentials.of(Optional.empty(), Optional.empty())).isEmpty();
        assertThatThrownBy(() -> Credentials.of(Optional.of("admin"), Optional.empty()))
                .hasMessageContaining("basic-auth-password");
        assertThatThrownBy(() -> Credentials.of(Optional.of("ad:min"), Optional.of("x")))
                .hasMessageContaining("colon");
    }
}
