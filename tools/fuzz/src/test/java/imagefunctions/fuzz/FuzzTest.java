package imagefunctions.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.fuzz.Fuzzer.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FuzzTest {
    private static final int MUTATIONS = 2000;

    static List<Sample> found() throws IOException {
        return Samples.read(Path.of("found"));
    }

    @ParameterizedTest
    @MethodSource("found")
    void whatFuzzingFoundIsEditedOrRefusedByNow(Sample sample) {
        Pictures pictures = new Pictures();
        for (int choice = 0; choice < pictures.choices(sample.file()); choice++) {
            pictures.feed(sample.file(), choice);
        }
    }

    @Test
    void damagedFilesAreEditedOrRefused() throws IOException {
        Fuzzer fuzzer = new Fuzzer(1);
        Samples.read(Path.of("corpus")).forEach(fuzzer::add);
        int before = fuzzer.corpus().size();
        for (int i = 0; i < MUTATIONS; i++) {
            fuzzer.mutateOnce();
        }
        assertThat(fuzzer.findings()).isEmpty();
        assertThat(fuzzer.corpus()).as(fuzzer.summary()).hasSizeGreaterThan(before);
    }
}
