package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.error.ImageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JPEG with missing or made-up pixels is refused on every path, where libjpeg would warn. */
@EnabledIf(
        value = "imagefunctions.imaging.Djpeg#installed",
        disabledReason = "No JPEG is compared with libjpeg's djpeg: apt-get install libjpeg-turbo-progs")
@Execution(ExecutionMode.CONCURRENT)
class DamagedJpegTest {

    /** Recipes with their parameters, together on every path through the code. */
    private static final List<Call> PATHS = List.of(
            new Call(Recipe.DRAFT, "size=25"),
            new Call(Recipe.THUMBNAIL, "width=60"),
            new Call(Recipe.BW),
            new Call(Recipe.BW, "quality=80"),
            new Call(Recipe.TRANSPOSE),
            new Call(Recipe.TRANSPOSE, "quality=80"),
            // Which goes by pixels.
            new Call(Recipe.BW, "width=60"));

    /** A recipe with its parameters. */
    private record Call(Recipe recipe, List<String> query) {

        Call(Recipe recipe, String... query) {
            this(
                    recipe,
                    Stream.concat(Stream.of(query), Stream.of("autorotate=false"))
                            .toList());
        }

        Optional<byte[]> on(byte[] file) {
            return outcome(() -> Photos.run(recipe, file, query.toArray(String[]::new)));
        }

        @Override
        public String toString() {
            return recipe.name() + query;
        }
    }

    static List<String> fixtures() {
        return Fixtures.readable().stream()
                .filter(name -> name.endsWith(".jpg"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aFileThatIsCutShortIsRefusedOnEveryPathUnlessItsPixelsAreAllThere(String name, @TempDir Path folder) {
        byte[] whole = Fixtures.file(name);
        byte[] pixels = pixels(whole).orElseThrow();
        List<Damage> cuts = Damage.cuts(whole);
        List<Djpeg> words = Djpeg.of(cuts.stream().map(Damage::file).toList(), folder);
        for (int place = 0; place < cuts.size(); place++) {
            byte[] cut = cuts.get(place).file();
            Djpeg theirs = words.get(place);
            // It does not warn of scans that are missing altogether.
            boolean damaged = theirs.word() == Djpeg.Word.DAMAGED || !Arrays.equals(theirs.pixels(), pixels);
            assertThat(pixels(cut).isEmpty()).as("cut at %d", cut.length).isEqualTo(damaged);
            for (Call call : some(place)) {
                assertThat(call.on(cut).isEmpty())
                        .as("%s, cut at %d", call, cut.length)
                        .isEqualTo(damaged);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aFileWithStrayBytesIsRefusedOnEveryPathUnlessItsPixelsAreAllThere(String name, @TempDir Path folder) {
        byte[] whole = Fixtures.file(name);
        byte[] pixels = pixels(whole).orElseThrow();
        Map<Call, byte[]> results = new HashMap<>();
        List<Damage> files = Damage.strayBytes(whole, new Random(name.hashCode()));
        List<Djpeg> words = Djpeg.of(files.stream().map(Damage::file).toList(), folder);
        for (int place = 0; place < files.size(); place++) {
            byte[] stuffed = files.get(place).file();
            Optional<byte[]> ours = pixels(stuffed);
            String where = files.get(place).where();
            if (words.get(place).word() == Djpeg.Word.DAMAGED) {
                ours.ifPresent(result -> assertThat(result).as(where).isEqualTo(pixels));
                for (Call call : some(place)) {
                    // A path that needs little of a file may skip what is damaged.
                    call.on(stuffed).ifPresent(result -> assertThat(result)
                            .as("%s, %s", call, where)
                            .isEqualTo(results.computeIfAbsent(
                                    call, path -> path.on(whole).orElseThrow())));
                }
            }
        }
    }

    /** Two paths, each in its turn. */
    private static List<Call> some(int place) {
        return List.of(PATHS.get(place % PATHS.size()), PATHS.get((place + 3) % PATHS.size()));
    }

    private static Optional<byte[]> pixels(byte[] file) {
        return outcome(() -> Djpeg.samples(Decoder.decode(ImageFile.of(file), new PixelLimit(PixelLimit.DEFAULT))));
    }

    private static Optional<byte[]> outcome(Supplier<byte[]> run) {
        try {
            return Optional.of(run.get());
        } catch (ImageException e) {
            return Optional.empty();
        }
    }
}
