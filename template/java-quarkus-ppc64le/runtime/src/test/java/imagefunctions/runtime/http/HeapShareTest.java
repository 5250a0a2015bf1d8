package imagefunctions.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeapShareTest {
    private static final long MEGABYTE = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "64,,, 16, 16",
        "256,,, 64, 64",
        "1024,,, 64, 256",
        "8192,,, 64, 512",
        "64,, 32, 32, 32",
        "64, 8,, 8, 16",
        "8192, 8, 4096, 8, 4096"
    })
    void whatIsNotSetFitsTheHeap(long heap, Long maxBody, Long maxHeld, long body, long held) {
        assertThat(share(heap, maxBody, maxHeld)).isEqualTo(new HeapShare(body * MEGABYTE, held * MEGABYTE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    64  |    | 512 | IMAGE_FUNCTIONS_MAX_HELD is 512M | 64M / 2 = 32M: set it to 32M or less | -Xmx1024m
                    64  | 48 |     | IMAGE_FUNCTIONS_MAX_BODY is 48M  | 64M / 4 = 16M: set it to 16M or less | -Xmx192m
                    """)
    void whatDoesNotFitTheHeapIsRefusedWithTheArithmetic(
            long heap, Long maxBody, Long maxHeld, String setting, String arithmetic, String orGive) {
        assertThatThrownBy(() -> share(heap, maxBody, maxHeld))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(setting, arithmetic, orGive);
    }

    private static HeapShare share(long heap, Long maxBody, Long maxHeld) {
        return HeapShare.of(
                heap * MEGABYTE,
                Optional.ofNullable(maxBody).map(m -> m * MEGABYTE),
                Optional.ofNullable(maxHeld).map(m -> m * MEGABYTE));
    }
}
