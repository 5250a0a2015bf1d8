package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Photos with a gain map behind them, as a script has made them by the standards. */
class GainMapTest {
    private static final Path FILES = Path.of("src/test/resources/gainmap");
    private static final List<String> METHODS = List.of(
            "rotate_90", "rotate_180", "rotate_270", "flip_left_right", "flip_top_bottom", "transpose", "transverse");
    private static final Pattern PROPERTY = Pattern.compile(
            "hdrgm:(\\w+)(?:=\"([^\"]+)\"|>\\s*([^<\\s]+)<|>\\s*<rdf:Seq>((?:\\s*<rdf:li>[^<]*</rdf:li>)+))");

    /** A file and what its index says of it, read for the tests alone. */
    @SuppressWarnings("ArrayRecordComponent") // taken apart, never compared
    private record Pair(byte[] photo, byte[] map) {

        static Pair of(byte[] file) {
            int origin = indexOf(file, "MPF\0") + 4;
            ByteBuffer entries = ByteBuffer.wrap(file);
            if (file[origin] == 'I') {
                entries.order(ByteOrder.LITTLE_ENDIAN);
            }
            int second = origin + 50 + 16;
            int photoLength = entries.getInt(second - 12);
            int start = origin + entries.getInt(second + 8);
            int length = entries.getInt(second + 4);
            assertThat(start).isEqualTo(photoLength);
            assertThat(start + length).isEqualTo(file.length);
            return new Pair(Arrays.copyOf(file, start), Arrays.copyOfRange(file, start, start + length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xmp.jpg", "xmp-and-iso-in-colour.jpg", "iso.jpg", "portrait.jpg", "odd-sizes.jpg"})
    void itIsTurnedAsThePhotoIs(String name) throws IOException {
        byte[] file = file(name);
        boolean portrait = name.equals("portrait.jpg");
        byte[] map = portrait ? upright(Pair.of(file).map()) : Pair.of(file).map();
        for (String method : METHODS) {
            byte[] result = Photos.run(Recipe.TRANSPOSE, file, "method=" + method);

            Pair pair = Pair.of(result);
            byte[] alone = Photos.run(Recipe.TRANSPOSE, file, "method=" + method, "gainmap=drop");
            assertThat(pixels(pair.photo())).as(method).isEqualTo(pixels(alone));
            assertThat(pixels(pair.map()))
                    .as(method)
                    .isEqualTo(pixels(Photos.run(Recipe.TRANSPOSE, map, "method=" + method)));
            assertThat(JpegSegments.of(alone).markers()).containsOnly(0xE0, 0xDB, 0xC0, 0xC4, 0xDA);
        }
    }

    @ParameterizedTest
    @CsvSource({"xmp.jpg, true, false", "xmp-and-iso-in-colour.jpg, true, true", "iso.jpg, false, true"})
    void whatItMeansIsWrittenAnew(String name, boolean xmp, boolean iso) throws IOException {
        Pair before = Pair.of(file(name));
        Pair after = Pair.of(Photos.run(Recipe.TRANSPOSE, file(name)));

        assertThat(properties(after.map())).isEqualTo(properties(before.map())).hasSize(xmp ? iso ? 5 : 9 : 0);
        assertThat(segment(after.map(), 0xE2)).isEqualTo(segment(before.map(), 0xE2));
        assertThat(segment(after.map(), 0xE2).contains("21496")).isEqualTo(iso);
        assertThat(text(after.photo()).contains("Item:Length=\"" + after.map().length + "\""))
                .isEqualTo(xmp);
        assertThat(text(after.photo()).contains("urn:iso:std:iso:ts:21496:-1\0\0\0\0\0"))
                .isEqualTo(iso);
    }

    @Test
    void twoHalfTurnsGiveTheSamePhotoAndGainMap() throws IOException {
        byte[] file = file("xmp.jpg");

        Pair twice = Pair.of(Photos.run(Recipe.TRANSPOSE, Photos.run(Recipe.TRANSPOSE, file)));

        assertThat(pixels(twice.map())).isEqualTo(pixels(Pair.of(file).map()));
        assertThat(pixels(twice.photo())).isEqualTo(pixels(Pair.of(file).photo()));
        assertThat(properties(twice.map())).isEqualTo(properties(Pair.of(file).map()));
    }

    @ParameterizedTest
    @CsvSource({
        "draft, size=32",
        "bw, quality=75",
        "bw, keep=nothing",
        "thumbnail, width=32",
        "thumbnail, width=640",
        "transpose, quality=90",
        "transpose, width=32",
        "transpose, gainmap=drop"
    })
    void itIsDroppedWhereThePhotoIsAnother(String recipe, String parameter) throws IOException {
        byte[] file = file("xmp-and-iso-in-colour.jpg");
        Recipe how = Recipe.named(recipe).orElseThrow();

        byte[] result = Photos.run(how, file, parameter);

        assertThat(result).isEqualTo(Photos.run(how, Pair.of(file).photo(), parameter));
        assertThat(text(result)).doesNotContain("MPF", "hdrgm", "21496");
    }

    @Test
    void severalOrdersKeepItIfAllDo() throws IOException {
        byte[] file = file("xmp.jpg");
        Order keeping = Recipe.TRANSPOSE.with(Map.of());
        Order dropping = Recipe.TRANSPOSE.with(Map.of("gainmap", "drop"));

        assertThat(text(run(file, keeping, keeping))).contains("MPF");
        assertThat(text(run(file, keeping, dropping))).doesNotContain("MPF");
        assertThat(text(run(file, keeping, Recipe.BW.with(Map.of())))).doesNotContain("MPF");
    }

    @Test
    void itGoesWithTheCopyright() throws IOException {
        byte[] exif = Files.readAllBytes(Path.of("src/test/resources/credit/photo.jpg"));
        byte[] segment = Photos.run(Recipe.BW, exif, "keep=copyright");
        byte[] content = segment(segment, 0xE1).getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = JpegSegments.with(file("xmp.jpg"), 0xE1, content);

        byte[] result = Photos.run(Recipe.TRANSPOSE, file, "keep=copyright");

        assertThat(text(Pair.of(result).photo())).contains(new String(content, StandardCharsets.ISO_8859_1));
        assertThat(properties(Pair.of(result).map())).hasSize(9);
    }

    /** Where a gain map is broken, the photo is answered alone; where the photo is, nothing is. */
    @Test
    void aBrokenGainMapDoesNotSpoilThePhoto() throws IOException {
        byte[] file = file("xmp-and-iso-in-colour.jpg");
        Pair pair = Pair.of(file);
        int index = indexOf(file, "MPF\0");
        byte[] alone = Photos.run(Recipe.TRANSPOSE, file, "gainmap=drop");
        int[] expected = pixels(alone);
        Random random = new Random(1);
        int dropped = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] broken = file.clone();
            int at = i % 3 == 0 ? index + random.nextInt(86) : pair.photo().length + random.nextInt(pair.map().length);
            broken[at] = (byte) random.nextInt(256);

            byte[] result = Photos.run(Recipe.TRANSPOSE, broken);

            dropped += Arrays.equals(result, alone) ? 1 : 0;
            assertThat(pixels(result)).isEqualTo(expected);
        }
        assertThat(dropped).isBetween(300, 2700);
        for (int length = pair.photo().length; length < file.length; length += 7) {
            assertThat(Photos.run(Recipe.TRANSPOSE, Arrays.copyOf(file, length)))
                    .isEqualTo(alone);
        }
    }

    @Test
    void aGainMapLargerThanTheLimitIsDropped() throws IOException {
        byte[] file = file("xmp.jpg");
        byte[] huge = file.clone();
        int frame = Pair.of(file).photo().length + indexOf(Pair.of(file).map(), "\u00FF\u00C0");
        Arrays.fill(huge, frame + 5, frame + 9, (byte) 0xFF);

        assertThat(Photos.run(Recipe.TRANSPOSE, huge)).isEqualTo(Photos.run(Recipe.TRANSPOSE, file, "gainmap=drop"));
    }

    static boolean exiftoolIsThere() {
        return CreditTest.exiftoolIsThere();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xmp.jpg", "xmp-and-iso-in-colour.jpg", "iso.jpg", "odd-sizes.jpg"})
    @EnabledIf(
            value = "exiftoolIsThere",
            disabledReason = "Gain maps are not read by another program: apt-get install libimage-exiftool-perl")
    void exiftoolFindsIt(String name, @TempDir Path folder) throws Exception {
        byte[] result = Photos.run(Recipe.TRANSPOSE, file(name), "method=rotate_90");
        String file = Files.write(folder.resolve("result.jpg"), result).toString();

        assertThat(exiftool("-b", "-MPImage2", file)).isEqualTo(Pair.of(result).map());
        assertThat(new String(
                        exiftool("-s3", "-MPF:NumberOfImages", "-MPF:MPImageType", "-warning", "-error", file),
                        StandardCharsets.UTF_8))
                .isEqualTo("2\nUndefined\n");
        if (!name.equals("iso.jpg")) {
            assertThat(new String(exiftool("-s3", "-XMP:DirectoryItemLength", file), StandardCharsets.UTF_8))
                    .isEqualTo(Pair.of(result).map().length + "\n");
        }
    }

    private static byte[] exiftool(String... arguments) throws IOException {
        return new ProcessBuilder(Stream.concat(Stream.of("exiftool"), Arrays.stream(arguments))
                        .toList())
                .start()
                .getInputStream()
                .readAllBytes();
    }

    private static byte[] upright(byte[] map) {
        return Photos.run(Recipe.TRANSPOSE, map, "method=rotate_270");
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(FILES.resolve(name));
    }

    private static byte[] run(byte[] file, Order... orders) {
        return Photos.IMAGING.run(file, Order.inTurn(List.of(orders))).file();
    }

    private static int[] pixels(byte[] file) {
        var image = Photos.read(file);
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** The gain map's properties by their names; those of three colours as a list. */
    private static Map<String, String> properties(byte[] map) {
        Map<String, String> properties = new TreeMap<>();
        for (MatchResult found : PROPERTY.matcher(text(map)).results().toList()) {
            properties.put(
                    found.group(1),
                    found.group(4) == null
                            ? found.group(2) + found.group(3)
                            : found.group(4).replaceAll("\\s", ""));
        }
        properties.replaceAll((name, value) -> value.replace("null", ""));
        return properties;
    }

    private static String segment(byte[] file, int marker) {
        StringBuilder content = new StringBuilder();
        JpegSegments.of(file).all(marker).forEach(segment -> segment.content()
                .forEach(each -> content.append((char) (each & 0xFF))));
        return content.toString();
    }

    private static int indexOf(byte[] file, String text) {
        return text(file).indexOf(text);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
