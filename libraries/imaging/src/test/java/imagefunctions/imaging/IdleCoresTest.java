package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.pixels.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleCoresTest {
    private static final byte[] LARGE = Photos.jpeg(Photos.gradient(3000, 2001), Coding.quality(90));

    @ParameterizedTest
    @CsvSource({
        "draft, size=200",
        "draft, size=900",
        "thumbnail, width=512",
        "bw, quality=75",
        "bw, keep=copyright",
        "transpose, method=rotate_180",
        "transpose, method=rotate_90&quality=75"
    })
    void aPictureOfAllCoresIsThatOfOne(String name, String query) {
        Recipe recipe = Recipe.named(name).orElseThrow();

        assertThat(Photos.run(recipe, LARGE, (query + "&cores=all").split("&")))
                .isEqualTo(Photos.run(recipe, LARGE, query.split("&")));
    }

    @Test
    void aPictureHasAllCoresUntilThereIsAnother() {
        int all = Math.min(4, Runtime.getRuntime().availableProcessors());

        assertThat(IdleCores.<Integer>counted(IdleCores.ALL::free)).isEqualTo(all);
        assertThat(IdleCores.<Integer>counted(() -> IdleCores.counted(IdleCores.ALL::free)))
                .isEqualTo(1);
        assertThat(IdleCores.<Integer>counted(IdleCores.ALL::free)).isEqualTo(all);
    }
}
