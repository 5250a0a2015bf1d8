package imagefunctions.jpeg.reference;

import imagefunctions.jpeg.format.JpegFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The committed test pictures. */
public final class Corpus {
    static final List<String> SEQUENTIAL = List.of(
            "aligned-420",
            "aligned-444",
            "aligned-422",
            "aligned-440",
            "aligned-411",
            "odd-420",
            "odd-422",
            "odd-444-optimised",
            "luma-aligned-420",
            "grey",
            "grey-aligned",
            "restart-420",
            "restart-row-422",
            "quality-100",
            "noise",
            "wide-steps",
            "scans-420",
            "scans-2x2",
            "unlike-sampling",
            "odd-410",
            "grey-4x4");

    /** Sequential pictures whose luma has fewer samples than the picture has pixels. */
    static final List<String> LUMA_BELOW_CHROMA = List.of("luma-below-chroma", "mixed-sampling", "chroma-4x1");

    /** Pictures that are there both sequential and, with the same coefficients, progressive. */
    static final List<String> BOTH = List.of(
            "aligned-420",
            "odd-420",
            "odd-444-optimised",
            "grey",
            "quality-100",
            "noise",
            "deep-420",
            "unlike-sampling",
            "luma-aligned-420");

    private Corpus() {}

    /** All that can be decoded, sequential and progressive. */
    public static Stream<String> decodable() {
        return Stream.of(
                        SEQUENTIAL.stream(),
                        LUMA_BELOW_CHROMA.stream(),
                        BOTH.stream().map(name -> name + "-progressive"),
                        Stream.of("odd-420-progressive-restart", "rgb", "scans-13-blocks"))
                .flatMap(names -> names);
    }

    public static byte[] bytes(String name) {
        try (InputStream in = Corpus.class.getResourceAsStream("/jpeg/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no test picture " + name + ".");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JpegFile file(String name) {
        return JpegFile.parse(bytes(name + ".jpg"));
    }
}
