package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imagefunctions.imaging.error.NotAnImageException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not read is refused by its name, with what to send instead. */
class OtherKindsTest {

    /** The first bytes, of which those that cannot be written are in octal. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\0\\0\\0\\34ftypheic | a HEIC picture",
                "\\0\\0\\0\\34ftyphevc | a HEIC picture",
                "\\0\\0\\0\\34ftypmif1 | a HEIF picture",
                "\\0\\0\\0\\34ftypmsf1 | a HEIF picture",
                "\\0\\0\\0\\34ftypavif | an AVIF picture",
                "\\0\\0\\0\\34ftypavis | an AVIF picture",
                "\\0\\0\\0\\34ftypcrx  | a camera's raw picture",
                "\\0\\0\\0\\34ftypisom | a video",
                "\\377\\12 | a JPEG XL picture",
                "\\0\\0\\0\\14JXL \\15\\12\\207\\12 | a JPEG XL picture",
                "\\0\\0\\0\\14jP  \\15\\12\\207\\12 | a JPEG 2000 picture",
                "\\377O\\377Q | a JPEG 2000 picture",
                "II\\274\\1 | a JPEG XR picture",
                "8BPS\\0\\1 | a Photoshop document",
                "%PDF-1.7 | a PDF document",
                "\\37\\213\\10 | compressed with gzip",
                "PK\\3\\4 | a zip file",
                "\\212MNG\\15\\12 | an MNG animation",
                "\\0\\0\\1\\0\\1\\0 | an icon",
                "data:image/png;base64, | a data URL",
                "/9j/4AAQ | a JPEG in base64",
                "iVBORw0KGgoAAAA | a PNG in base64",
                "<svg xmlns= | an SVG drawing",
                "<?xml version= | an XML document",
                "qoif\\0\\0 | a QOI picture",
                "BA\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0BM | an array of bitmaps",
                "FUJIFILMCCD-RAW 0201 | a camera's raw picture",
                "IIRO\\10\\0 | a camera's raw picture",
                "IIRS\\10\\0 | a camera's raw picture",
                "MMOR\\0\\0 | a camera's raw picture",
                "IIU\\0\\10\\0 | a camera's raw picture",
                "II\\32\\0\\0\\0HEAPCCDR | a camera's raw picture",
                "\\0MRM\\0\\0 | a camera's raw picture",
                "FOVb\\0\\0 | a camera's raw picture"
            })
    void filesOfOtherFormatsAreKnownByTheirFirstBytes(String start, String kind) {
        assertRefused(start.translateEscapes().getBytes(StandardCharsets.ISO_8859_1), "This is " + kind, "Send ");
    }

    /** A tag, its values, and what the file is called for them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "259 | 6     | A TIFF with JPEG of the old kind",
                "259 | 9     | A TIFF compressed with JBIG",
                "259 | 34661 | A TIFF compressed with JBIG",
                "259 | 34712 | A TIFF compressed with JPEG 2000",
                "259 | 34925 | A TIFF compressed with LZMA",
                "259 | 50000 | A TIFF compressed with Zstandard",
                "259 | 50001 | A TIFF compressed with WebP",
                "259 | 50002 | A TIFF compressed with JPEG XL",
                "259 | 32809 | A TIFF of compression 32809",
                "262 | 4     | A transparency mask",
                "262 | 8     | A TIFF in L*a*b* colours",
                "262 | 9     | A TIFF in L*a*b* colours",
                "262 | 32803 | A camera's raw picture",
                "262 | 32845 | A TIFF in LogLuv colours",
                "262 | 77    | A TIFF in colours of kind 77",
                "339 | 2     | A TIFF of signed samples",
                "339 | 5     | A TIFF of complex samples",
                "339 | 3     | A TIFF of 8-bit floats",
                "258 | 64    | A TIFF of 64 bits a sample",
                "258 | 8 16  | A TIFF whose samples have different numbers of bits",
                "277 | 6     | A picture of 6 samples a pixel",
                "317 | 7     | A TIFF with predictor 7",
                "50706 | 16909060 | A camera's raw picture in a TIFF file"
            })
    void kindsOfTiffAreKnownByTheirTags(int tag, String values, String kind) {
        byte[] file = new PlainTiff(ByteOrder.LITTLE_ENDIAN, 4, 4, 1, 8, 1, new byte[96])
                .with(
                        tag,
                        Arrays.stream(values.split(" ", -1))
                                .mapToInt(Integer::parseInt)
                                .toArray())
                .file();

        assertRefused(file, kind, "Save the picture as a usual JPEG or PNG");
    }

    @ParameterizedTest
    @CsvSource({"CgBI, Apple's variant of PNG (CgBI)", "ABcD, A PNG with a chunk called ABcD"})
    void kindsOfPngAreKnownByTheirChunks(String chunk, String kind) {
        byte[] file =
                new PngBuilder(3, 3, 2, 8, false).chunk(chunk, new byte[4]).end();

        assertRefused(file, kind, "Save the picture as a usual JPEG or PNG");
    }

    private static void assertRefused(byte[] file, String kind, String instead) {
        for (Recipe recipe : Recipe.all()) {
            assertThatThrownBy(() -> Photos.run(recipe, file))
                    .isInstanceOf(NotAnImageException.class)
                    .hasMessageContaining(kind)
                    .hasMessageContaining(instead);
        }
    }
}
