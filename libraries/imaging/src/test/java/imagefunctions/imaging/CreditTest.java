package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.error.DamagedImageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who made and who owns a picture, of files in which exiftool has put that among much else. */
class CreditTest {
    private static final Path FILES = Path.of("src/test/resources/credit");
    private static final int EXIF = 0xE1;
    private static final int IPTC = 0xED;

    /** A directory of two texts, of the tags 0x013B and 0x8298. */
    private static final byte[] EXIF_KEPT = bytes("""
            457869660000 4D4D002A00000008 0002
            013B 0002 0000000D 00000026
            8298 0002 00000016 00000034
            00000000
            """, "Zoë Müller\0\0(c) 2026 Zoë Müller\0");

    /** A resource of number 0x0404, and in it the coding, two by-lines, credit and copyright notice. */
    private static final byte[] IPTC_KEPT = joined(
            bytes("", "Photoshop 3.0\0" + "8BIM"),
            bytes("0404 0000 00000048", ""),
            bytes("1C015A0003", "\33%G"),
            bytes("1C0250000C", "Zoë Müller"),
            bytes("1C02500006", "Second"),
            bytes("1C026E0006", "Agency"),
            bytes("1C02740014", "© 2026 Zoë Müller"));

    static List<Recipe> recipes() {
        return Recipe.all();
    }

    @ParameterizedTest
    @CsvSource({"photo.jpg, true", "photo.png, true", "photo.tif, true", "photo.webp, false"})
    void makerAndOwnerAreCarriedAndNothingElse(String file, boolean iptc) throws IOException {
        byte[] photo = Files.readAllBytes(FILES.resolve(file));
        for (Recipe recipe : recipes()) {
            byte[] result = Photos.run(recipe, photo, "keep=copyright");

            assertThat(segment(result, EXIF)).isEqualTo(EXIF_KEPT);
            assertThat(segment(result, IPTC)).isEqualTo(iptc ? IPTC_KEPT : new byte[0]);
            assertThat(without(result)).isEqualTo(Photos.run(recipe, photo));
            assertThat(JpegSegments.of(without(result)).markers()).containsOnly(0xE0, 0xDB, 0xC0, 0xC4, 0xDA);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alpha.png", "animated.gif", "rgb.bmp", "plain.tif", "lossy.webp", "photo.jpg", "cmyk-adobe.jpg"
            })
    void aFileThatNamesNobodyGivesTheUsualResult(String file) {
        byte[] picture = Fixtures.file(file);

        assertThat(Photos.run(Recipe.BW, picture, "keep=copyright")).isEqualTo(Photos.run(Recipe.BW, picture));
    }

    @Test
    void aProfileComesAfterThem() throws IOException {
        byte[] profile = MetadataTest.profile(5000);
        byte[] photo = Photos.run(
                Recipe.TRANSPOSE, Files.readAllBytes(FILES.resolve("photo.jpg")), "keep=copyright", "quality=90");
        ByteArrayOutputStream icc = new ByteArrayOutputStream();
        icc.writeBytes("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII));
        icc.writeBytes(profile);

        byte[] result =
                Photos.run(Recipe.TRANSPOSE, JpegSegments.with(photo, 0xE2, icc.toByteArray()), "keep=copyright");

        assertThat(JpegSegments.of(result).markers()).startsWith(0xE0, EXIF, IPTC, 0xE2);
        assertThat(MetadataTest.carried(result)).isEqualTo(profile);
        assertThat(segment(result, EXIF)).isEqualTo(EXIF_KEPT);
    }

    @Test
    void severalOrdersKeepWhatAllOfThemKeep() throws IOException {
        byte[] photo = Files.readAllBytes(FILES.resolve("photo.jpg"));
        Order keeping = Recipe.BW.with(Map.of("keep", "copyright"));
        Order dropping = Recipe.BW.with(Map.of());

        assertThat(segment(run(photo, keeping, keeping), EXIF)).isEqualTo(EXIF_KEPT);
        assertThat(segment(run(photo, keeping, dropping), EXIF)).isEmpty();
        assertThat(segment(run(photo, dropping, keeping), EXIF)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 1, true", "129, 3, true", "2, 2000, true", "2, 2001, false", "2, 0, false", "5, 8, false"})
    void aTextHasALimit(int type, int length, boolean kept) {
        byte[] exif = artist(type, "x".repeat(length).getBytes(StandardCharsets.US_ASCII));

        byte[] carried = segment(keep(JpegSegments.with(Photos.jpeg(16, 16), EXIF, exif)), EXIF);

        assertThat(new String(carried, StandardCharsets.US_ASCII)).matches(kept ? "(?s).*x{" + length + "}\0.*" : "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0\0", "        \0"})
    void blanksAreNobody(String blank) {
        byte[] photo =
                JpegSegments.with(Photos.jpeg(16, 16), EXIF, artist(2, blank.getBytes(StandardCharsets.US_ASCII)));

        assertThat(keep(photo)).isEqualTo(Photos.run(Recipe.BW, photo));
    }

    /** 30 data sets of at most 2,000 bytes. */
    @Test
    void iptcHasALimit() {
        byte[] longest = bytes("1C025007D0", "y".repeat(2000));
        byte[] tooLong = bytes("1C025007D1", "z".repeat(2001));
        byte[] many = joined(
                Stream.concat(Stream.of(tooLong), Stream.generate(() -> longest).limit(31))
                        .toArray(byte[][]::new));
        byte[] png = OtherFormatsTest.withChunk(Photos.file(ImageType.PNG), "tEXt", rawProfile("iptc", many));

        byte[] carried = segment(keep(png), IPTC);

        assertThat(carried).hasSize(26 + 30 * 2005);
        assertThat(new String(carried, StandardCharsets.US_ASCII)).doesNotContain("z");
    }

    @Test
    void brokenMetadataDoNotSpoilThePicture() throws IOException {
        byte[] photo = Files.readAllBytes(FILES.resolve("photo.jpg"));
        int pixels = indexOf(photo, new byte[] {(byte) 0xFF, (byte) 0xDB});
        Random random = new Random(1);
        byte[] usual = Photos.run(Recipe.BW, photo);
        for (int i = 0; i < 3000; i++) {
            byte[] broken = photo.clone();
            for (int damage = 0; damage < 3; damage++) {
                broken[inSegment(photo, pixels, random)] = (byte) random.nextInt(256);
            }

            assertThat(without(keep(broken))).hasSameSizeAs(usual);
        }
    }

    @Test
    void aTiffsTextThatLiesBeyondItsEndIsDamage() throws IOException {
        byte[] tiff = Files.readAllBytes(FILES.resolve("photo.tif"));
        byte[] entry = {0x3B, 0x01, 2, 0, 13, 0, 0, 0};
        ByteBuffer.wrap(tiff).putInt(indexOf(tiff, entry) + entry.length, -1);

        assertThat(Photos.run(Recipe.BW, tiff)).isNotEmpty();
        assertThatThrownBy(() -> keep(tiff)).isInstanceOf(DamagedImageException.class);
    }

    static boolean exiftoolIsThere() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "exiftool")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "photo.png", "photo.tif"})
    @EnabledIf(
            value = "exiftoolIsThere",
            disabledReason = "What is carried is not read by another program: apt-get install libimage-exiftool-perl")
    void exiftoolReadsThem(String file, @TempDir Path folder) throws Exception {
        Path result = Files.write(folder.resolve("result.jpg"), keep(Files.readAllBytes(FILES.resolve(file))));
        Process exiftool = new ProcessBuilder(
                        "exiftool",
                        "-G1",
                        "-s",
                        "-a",
                        "-charset",
                        "utf8",
                        "-IFD0:all",
                        "-ExifIFD:all",
                        "-GPS:all",
                        "-IPTC:all",
                        "-Photoshop:all",
                        "-XMP:all",
                        "-Warning",
                        "-Error",
                        result.toString())
                .redirectErrorStream(true)
                .start();

        String read = new String(exiftool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(read.replaceAll(" +", " ").strip()).isEqualTo("""
                [IFD0] Artist : Zoë Müller
                [IFD0] Copyright : (c) 2026 Zoë Müller
                [IPTC] CodedCharacterSet : UTF8
                [IPTC] By-line : Zoë Müller, Second
                [IPTC] Credit : Agency
                [IPTC] CopyrightNotice : © 2026 Zoë Müller""");
    }

    private static byte[] keep(byte[] file) {
        return Photos.run(Recipe.BW, file, "keep=copyright");
    }

    private static byte[] run(byte[] file, Order... orders) {
        return Photos.IMAGING.run(file, Order.inTurn(List.of(orders))).file();
    }

    private static byte[] without(byte[] file) {
        return JpegSegments.without(JpegSegments.without(file, EXIF), IPTC);
    }

    /** The content of the only segment of this marker; no bytes if there is none. */
    private static byte[] segment(byte[] file, int marker) {
        List<JpegSegments.Segment> found = JpegSegments.of(file).all(marker);
        assertThat(found).hasSizeLessThan(2);
        return found.isEmpty() ? new byte[0] : bytesOf(found.getFirst().content());
    }

    private static byte[] bytesOf(List<Byte> list) {
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list.get(i);
        }
        return bytes;
    }

    /** A place in one of the segments before this one. */
    private static int inSegment(byte[] photo, int end, Random random) {
        while (true) {
            int at = 2;
            while (at < end) {
                int length = (photo[at + 2] & 0xFF) << 8 | (photo[at + 3] & 0xFF);
                if (length > 2 && random.nextInt(3) == 0) {
                    return at + 4 + random.nextInt(length - 2);
                }
                at += 2 + length;
            }
        }
    }

    private static byte[] artist(int type, byte[] text) {
        ByteBuffer block = ByteBuffer.allocate(32 + text.length);
        block.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
        block.putShort((short) 0x013B).putShort((short) type).putInt(type == 5 ? text.length / 8 : text.length);
        if (text.length > 4) {
            block.putInt(26).putInt(0);
        }
        return block.put(text).array();
    }

    private static byte[] rawProfile(String name, byte[] content) {
        return "Raw profile type %s\0\n%s\n%8d\n%s\n"
                .formatted(name, name, content.length, HexFormat.of().formatHex(content))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    private static byte[] bytes(String hex, String text) {
        return joined(HexFormat.of().parseHex(hex.replaceAll("\\s", "")), text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
