package imagefunctions.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExcerptTest {

    @ParameterizedTest
    @CsvSource({"0, ..", "1, a..", "2, a..", "3, a😀..", "4, a😀b", "5, a😀b"})
    void aTextIsCutBetweenCharacters(int mostChars, String cut) {
        assertThat(Excerpt.of("a😀b", mostChars, "..")).isEqualTo(cut);
    }
}
