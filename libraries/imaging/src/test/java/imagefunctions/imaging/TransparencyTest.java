package imagefunctions.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import imagefunctions.imaging.codec.Decoder;
import imagefunctions.imaging.codec.ImageFile;
import imagefunctions.imaging.codec.PixelLimit;
import imagefunctions.imaging.pixels.Picture;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransparencyTest {

    @ParameterizedTest
    @CsvSource({
        "00000000, 255, 255, 255",
        "FF000000, 0, 0, 0",
        "80000000, 127, 127, 127",
        "00FF0000, 255, 255, 255",
        "80FF0000, 255, 127, 127",
        "FF0000FF, 0, 0, 255"
    })
    void transparencyIsCompositedOnWhite(String argb, int red, int green, int blue) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, Integer.parseUnsignedInt(argb, 16));
        }
        byte[] file = Photos.png(image);

        int[] colour = Photos.read(Photos.run(Recipe.TRANSPOSE, file, "quality=100"))
                .getRaster()
                .getPixel(8, 8, (int[]) null);
        assertThat(colour[0]).isCloseTo(red, within(2));
        assertThat(colour[1]).isCloseTo(green, within(2));
        assertThat(colour[2]).isCloseTo(blue, within(2));

        double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        for (Recipe grey : new Recipe[] {Recipe.BW, Recipe.DRAFT}) {
            int sample = Photos.read(Photos.run(grey, file, "quality=100"))
                    .getRaster()
                    .getSample(8, 8, 0);
            assertThat((double) sample).isCloseTo(luma, within(1.5));
        }
    }

    /** Header, bits, kind of masks, the masks, a pixel, and its colour on white. */
    @ParameterizedTest
    @CsvSource({
        "40, 32, 6, 00ff0000 0000ff00 000000ff ff000000, 80ff0000, 255 127 127",
        "56, 32, 3, 00ff0000 0000ff00 000000ff ff000000, 80ff0000, 255 127 127",
        "56, 32, 6, ff000000 00ff0000 0000ff00 000000ff, ff000080, 255 127 127",
        "124, 32, 3, 00ff0000 0000ff00 000000ff 00000000, 80ff0000, 255 0 0",
        "40, 16, 6, 00007c00 000003e0 0000001f 00008000, 00007c00, 255 255 255",
        "56, 16, 3, 00007c00 000003e0 0000001f 00008000, 0000fc00, 255 0 0",
        "56, 16, 3, 00007c00 000003e0 0000001f 00008000, 00007c00, 255 255 255",
        "108, 16, 3, 00000f00 000000f0 0000000f 0000f000, 00008f00, 255 119 119",
        "124, 16, 3, 0000f800 000007e0 0000001f 00000000, 0000f800, 255 0 0"
    })
    void theAlphaMaskOfABmpCounts(int header, int bits, int compression, String masks, String pixel, String colour) {
        int side = 3;
        int row = Math.ceilDiv(side * bits, 32) * 4;
        int pixels = 14 + header + (header == 40 ? 16 : 0);
        ByteBuffer bmp = ByteBuffer.allocate(pixels + side * row).order(ByteOrder.LITTLE_ENDIAN);
        bmp.putShort((short) 0x4D42).putInt(bmp.capacity()).putInt(0).putInt(pixels);
        bmp.putInt(header).putInt(side).putInt(side).putShort((short) 1).putShort((short) bits);
        bmp.putInt(compression).putInt(side * row).putLong(0).putLong(0);
        for (String mask : masks.split(" ", -1)) {
            bmp.putInt(Integer.parseUnsignedInt(mask, 16));
        }
        int value = Integer.parseUnsignedInt(pixel, 16);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int at = pixels + y * row + x * bits / 8;
                bmp.putShort(at, (short) value);
                if (bits == 32) {
                    bmp.putInt(at, value);
                }
            }
        }

        Picture picture = Decoder.decode(ImageFile.of(bmp.array()), new PixelLimit(PixelLimit.DEFAULT));

        int[] rgb = OtherDecoders.Pixels.of(picture).rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            assertThat(rgb[i] + " " + rgb[i + 1] + " " + rgb[i + 2]).isEqualTo(colour);
        }
    }
}
