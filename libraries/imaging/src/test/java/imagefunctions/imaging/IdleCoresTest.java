package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.pixels.Coding;
import imagefunctions.tasks.SideBySide;
import java.util.concurrent.atomic.AtomicInteger;
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
        AtomicInteger mostParts = new AtomicInteger();
        IdleCores cores = new IdleCores(3, (part, parts) -> {
            mostParts.accumulateAndGet(parts, Math::max);
            SideBySide.compute(parts, part);
        });
        Imaging imaging = new Imaging(new PixelLimit(PixelLimit.DEFAULT), cores);

        byte[] ofOne =
                imaging.run(LARGE, recipe.with(Photos.query(query.split("&")))).file();
        assertThat(mostParts).hasValue(0);

        byte[] ofAll = imaging.run(LARGE, recipe.with(Photos.query((query + "&cores=all").split("&"))))
                .file();
        assertThat(ofAll).isEqualTo(ofOne);
        assertThat(mostParts).hasValue(3);
    }

    @Test
    void aPictureHasAllCoresUntilThereIsAnother() {
        IdleCores three = new IdleCores(3);

        assertThat(three.<Integer>counted(three::free)).isEqualTo(3);
        assertThat(three.<Integer>counted(() -> three.counted(three::free))).isEqualTo(1);
        assertThat(three.<Integer>counted(three::free)).isEqualTo(3);
    }

    @Test
    void aPictureHasFourCoresAtMost() {
        assertThat(new IdleCores(64).free()).isEqualTo(4);
    }
}
