package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.pixels.Coding;
import java.util.function.IntConsumer;
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
        Watched cores = new Watched();
        Imaging imaging = new Imaging(new PixelLimit(PixelLimit.DEFAULT), cores);

        byte[] ofOne =
                imaging.run(LARGE, recipe.with(Photos.query(query.split("&")))).file();
        assertThat(cores.parts).isZero();

        byte[] ofAll = imaging.run(LARGE, recipe.with(Photos.query((query + "&cores=all").split("&"))))
                .file();
        assertThat(ofAll).isEqualTo(ofOne);
        assertThat(cores.parts).isEqualTo(3);
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

    /** Three cores that notice the largest number of parts that they have had. */
    private static final class Watched extends IdleCores {
        private int parts;

        Watched() {
            super(3);
        }

        @Override
        public void all(int parts, IntConsumer part) {
            this.parts = Math.max(this.parts, parts);
            super.all(parts, part);
        }
    }
}
