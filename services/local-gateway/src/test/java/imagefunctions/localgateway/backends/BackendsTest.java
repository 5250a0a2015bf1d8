package imagefunctions.localgateway.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackendsTest {
    private static final Set<String> IN_PROCESS = Set.of("draft", "bw", "chaining");
    private static final Set<String> STAYING = Set.of("chaining");

    private static Backends parse(String text) {
        return Backends.parse(text, IN_PROCESS, STAYING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sepia=http://a:1                              | sepia    | http://a:1
            sepia=http://a:1                              | draft    | here
            sepia=http://a:1, sepia=http://b:1/           | sepia    | http://a:1, http://b:1
            draft=http://draft.openfaas-fn:8080           | draft    | http://draft.openfaas-fn:8080
            http://gateway.openfaas:8080                  | draft    | http://gateway.openfaas:8080 /function/draft
            http://gateway.openfaas:8080                  | sepia    | http://gateway.openfaas:8080 /function/sepia
            http://gateway.openfaas:8080                  | sepia.ns | http://gateway.openfaas:8080 /function/sepia.ns
            http://gateway.openfaas:8080                  | chaining | here
            http://gateway.openfaas:8080                  | ../x     | here
            http://gateway.openfaas:8080                  | ..%2fx   | here
            http://g:1,https://h/a,draft=local            | draft    | here
            http://g:1,https://h/a,draft=local            | bw       | http://g:1, https://h/a /function/bw
            http://g:1,chaining=http://g:1/function/chain | chaining | http://g:1/function/chain
            """)
    void everyFunctionHasItsPlace(String text, String function, String where) {
        assertThat(parse(text)
                        .of(function)
                        .map(to -> (to.addresses() + " " + to.path()).strip())
                        .orElse("here"))
                .isEqualTo(where);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            moon                    | moon                   | write an address such as http://gateway.openfaas:8080
            sepia=                  |                        | write an address such as
            sepia=moon              | moon                   | write an address such as
            Sepia=http://a          | Sepia=http://a         | of lower-case letters, digits and dashes
            =http://a               | =http://a              | write a function's name before the =
            http://a,               |                        | write an address such as
            moon=local              | moon=local             | it is none of
            draft=local,draft=http://a | draft=local         | the list has an address for it, too
            http://u:secret@a:1     | http://...@a:1         | they belong into the secrets basic-auth-user
            s=http://u:secret@a b:1 | http://...@a b:1       | Illegal character
            """)
    void whatIsNoListIsExplainedWithoutPasswords(String text, String entry, String said) {
        assertThatThrownBy(() -> parse(text))
                .hasMessageStartingWith("IMAGE_FUNCTIONS_BACKENDS has \"" + (entry == null ? "" : entry) + "\": ")
                .hasMessageContaining(said)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret@"));
    }
}
