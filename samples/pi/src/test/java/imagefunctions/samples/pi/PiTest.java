package imagefunctions.samples.pi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.runtime.Problem;
import imagefunctions.runtime.ProblemException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PiTest {
    /** Of 10,000 decimals that Python made, by another series (Chudnovsky's). */
    private static final String SHA_256 = "452304d0e15d9e9fd9b63024212bb571de54b9b9f0aa050481f90530ef0b5c5d";

    private final Pi pi = new Pi();

    @ParameterizedTest
    @CsvSource({
        "1, 3.1",
        "2, 3.14",
        "4, 3.1415",
        "' 5\n', 3.14159",
        "50, 3.14159265358979323846264338327950288419716939937510"
    })
    void theDecimalsAreThoseThatEverybodyKnows(String body, String digits) {
        assertThat(pi.pi(body)).isEqualTo(digits + "\n");
    }

    @Test
    void theLastOfThemAreRightToo() throws Exception {
        String digits = pi.pi("10000").strip();

        assertThat(digits).hasSize(10_002).endsWith("5256375678");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(digits.getBytes(US_ASCII))))
                .isEqualTo(SHA_256);
    }

    @Test
    void fewerDecimalsAreTheBeginningOfMore() {
        String digits = pi.pi("2000").strip();

        for (int decimals = 1; decimals < 1000; decimals++) {
            assertThat(pi.pi(Integer.toString(decimals)).strip()).isEqualTo(digits.substring(0, decimals + 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "10001", "999999999999", "1.5", "ten", "{\"digits\": 10}", "٣"})
    void whatIsNoSuchNumberIsRefusedInWords(String body) {
        assertThatThrownBy(() -> pi.pi(body))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem())
                        .isEqualTo(new Problem.BadRequest(
                                "Send how many decimals of Pi you want, from 1 to 10000, such as 100.")));
    }
}
