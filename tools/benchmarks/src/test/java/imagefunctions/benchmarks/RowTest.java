package imagefunctions.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Row ROW = new Row(
            "640x427",
            "thumbnail128",
            Map.of("ours", 2.0, "Pillow 12.3.0", 4.0, "libvips 8.18.7", 3.0, "libjpeg-turbo 3.1.3", 1.0),
            Map.of("ours", new Quality(31, 0.97), "libvips 8.18.7", new Quality(30.5, 0.96)),
            1);

    @Test
    void theBestIsTheFastestThatIsAnImageLibrary() {
        assertThat(ROW.best()).isEqualTo("libvips 8.18.7");
        assertThat(ROW.ratio()).isEqualTo(1.5);
        assertThat(ROW.advantage()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void whatIsNotJudgedHasNoAdvantage() {
        Row row = new Row("640x427", "bw", ROW.milliseconds(), Map.of(), 1);
        assertThat(row.advantage()).isNaN();
    }

    @Test
    void withoutALibraryThereIsNoRatio() {
        Row row = new Row("640x427", "bw", Map.of("ours", 2.0, "typical Java", 9.0), Map.of(), 1);
        assertThat(row.ratio()).isNaN();
    }
}
