package imagefunctions.webp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Pixels as dwebp writes them with {@code -pam}. */
final class Pam {

    private Pam() {}

    static byte[] of(WebpPixels pixels) {
        ByteArrayOutputStream pam = new ByteArrayOutputStream();
        pam.writeBytes("P7\nWIDTH %d\nHEIGHT %d\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
                .formatted(pixels.width(), pixels.height())
                .getBytes(StandardCharsets.US_ASCII));
        for (int pixel = 0; pixel < pixels.width() * pixels.height(); pixel++) {
            pam.write(pixels.bgr()[3 * pixel + 2]);
            pam.write(pixels.bgr()[3 * pixel + 1]);
            pam.write(pixels.bgr()[3 * pixel]);
            pam.write(pixels.alpha().isPresent() ? pixels.alpha().get()[pixel] : 255);
        }
        return pam.toByteArray();
    }

    static String checksum(byte[] pam) {
        CRC32 crc = new CRC32();
        crc.update(pam);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
