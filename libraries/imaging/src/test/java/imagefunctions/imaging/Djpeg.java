package imagefunctions.imaging;

import imagefunctions.imaging.pixels.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What libjpeg's decoder, as a program, says of a file and makes of it. */
@SuppressWarnings("ArrayRecordComponent") // compared by those who take it
record Djpeg(Word word, byte[] pixels) {

    /** Only at this level are all warnings printed, not the first alone. */
    private static final String COMMAND = "djpeg -dct int -verbose -verbose -verbose \"$file\" >\"$file.pnm\"";

    /** Whether a file is whole. */
    enum Word {
        /** It is; warnings of what is harmless may have been given. */
        SOUND,
        /** There are bytes where none belong, between segments or after the data of a scan. */
        STRAY_BYTES,
        /** It is not: libjpeg gave up, or made up pixels. */
        DAMAGED
    }

    static boolean installed() {
        return Programs.areThere("djpeg");
    }

    /** Of each file. */
    static List<Djpeg> of(List<byte[]> files, Path folder) {
        return Programs.onEach(files, ".jpg", COMMAND, folder).stream()
                .map(Djpeg::read)
                .toList();
    }

    private static Djpeg read(Path file) {
        try {
            int status = Integer.parseInt(
                    Files.readString(Programs.beside(file, ".status")).strip());
            String messages = Files.readString(Programs.beside(file, ".log"), StandardCharsets.ISO_8859_1);
            return new Djpeg(word(status, messages), withoutHeader(Files.readAllBytes(Programs.beside(file, ".pnm"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Word word(int status, String messages) {
        boolean stray = false;
        for (String line : messages.lines().toList()) {
            boolean extraneous = line.contains("extraneous bytes before marker");
            stray |= extraneous;
            if (!extraneous && (line.contains("Corrupt JPEG data") || line.contains("Inconsistent progression"))) {
                return Word.DAMAGED;
            }
        }
        return status == 1 ? Word.DAMAGED : stray ? Word.STRAY_BYTES : Word.SOUND;
    }

    private static byte[] withoutHeader(byte[] pnm) {
        int at = 0;
        for (int lines = 0; lines < 3 && at < pnm.length; at++) {
            lines += pnm[at] == '\n' ? 1 : 0;
        }
        return Arrays.copyOfRange(pnm, at, pnm.length);
    }

    /** The same order of samples: grey, or red, green and blue. */
    static byte[] samples(Picture picture) {
        byte[] samples = picture.samples().clone();
        for (int at = 0; picture.bands() == 3 && at < samples.length; at += 3) {
            byte blue = samples[at];
            samples[at] = samples[at + 2];
            samples[at + 2] = blue;
        }
        return samples;
    }
}
