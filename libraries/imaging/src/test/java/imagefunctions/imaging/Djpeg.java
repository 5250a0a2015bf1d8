package imagefunctions.imaging;

import imagefunctions.imaging.pixels.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What libjpeg's decoder, as a program, says of a file and makes of it. */
@SuppressWarnings("ArrayRecordComponent") // compared by those who take it
record Djpeg(Word word, byte[] pixels) {

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

    static Djpeg of(byte[] file, Path log) {
        try {
            // Only at this level are all warnings told, not the first alone.
            Process process = new ProcessBuilder("djpeg", "-dct", "int", "-verbose", "-verbose", "-verbose")
                    .redirectError(log.toFile())
                    .start();
            Thread.ofVirtual().start(() -> send(file, process));
            try (InputStream in = process.getInputStream()) {
                byte[] pixels = withoutHeader(in.readAllBytes());
                int status = process.waitFor();
                return new Djpeg(word(status, Files.readString(log, StandardCharsets.ISO_8859_1)), pixels);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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

    private static void send(byte[] file, Process process) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(file);
        } catch (IOException e) {
            // It has given up before the end of the file.
        }
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
