package imagefunctions.jpeg.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** libjpeg's decoder as a program. */
public final class Djpeg {
    private static final byte[] ADOBE_RGB = HexFormat.of().parseHex("ffee000e41646f626500640000000000");

    private Djpeg() {}

    public static boolean installed() {
        try {
            Process process = new ProcessBuilder("djpeg", "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            process.getInputStream().readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The samples of all pixels, grey or red, green and blue. */
    public static byte[] pixels(byte[] jpeg, String... options) {
        List<String> command = new ArrayList<>(List.of("djpeg", "-dct", "int"));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread.ofVirtual().start(() -> send(jpeg, process));
            try (InputStream in = process.getInputStream()) {
                byte[] pnm = in.readAllBytes();
                int at = 0;
                for (int lines = 0; lines < 3; at++) {
                    lines += pnm[at] == '\n' ? 1 : 0;
                }
                return Arrays.copyOfRange(pnm, at, pnm.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(byte[] jpeg, Process process) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file without a JFIF segment and with an Adobe segment that says RGB, if it has three components. */
    public static byte[] asRgb(byte[] jpeg) {
        int after = jpeg[3] == (byte) 0xE0 ? 4 + (jpeg[4] << 8) + (jpeg[5] & 0xFF) : 2;
        byte[] changed = new byte[jpeg.length - after + 2 + ADOBE_RGB.length];
        System.arraycopy(jpeg, 0, changed, 0, 2);
        System.arraycopy(ADOBE_RGB, 0, changed, 2, ADOBE_RGB.length);
        System.arraycopy(jpeg, after, changed, 2 + ADOBE_RGB.length, jpeg.length - after);
        return changed;
    }
}
