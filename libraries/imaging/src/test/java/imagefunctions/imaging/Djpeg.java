package imagefunctions.imaging;

import imagefunctions.imaging.pixels.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What libjpeg's decoder, as a program, says of a file and makes of it. */
@SuppressWarnings("ArrayRecordComponent") // compared by those who take it
record Djpeg(Word word, byte[] pixels) {

    /** Decodes files and keeps what is said of each. Only at this level are all warnings told, not the first alone. */
    private static final String ALL = """
            for file; do
                djpeg -dct int -verbose -verbose -verbose "$file" >"$file.pnm" 2>"$file.log"
                echo $? >"$file.status"
            done
            """;

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

    /** Of each file; a shell starts the programs, in a fraction of the time that a JVM takes. */
    static List<Djpeg> of(List<byte[]> files, Path folder) {
        try {
            List<String> command = new ArrayList<>(List.of("sh", "-c", ALL, "all"));
            for (int i = 0; i < files.size(); i++) {
                command.add(
                        Files.write(folder.resolve(i + ".jpg"), files.get(i)).toString());
            }
            Path log = folder.resolve("shell.log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "The shell ended with " + process.exitValue() + ": " + Files.readString(log));
            }
            List<Djpeg> words = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                words.add(read(folder.resolve(i + ".jpg").toString()));
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Djpeg read(String file) throws IOException {
        int status =
                Integer.parseInt(Files.readString(Path.of(file + ".status")).strip());
        String messages = Files.readString(Path.of(file + ".log"), StandardCharsets.ISO_8859_1);
        return new Djpeg(word(status, messages), withoutHeader(Files.readAllBytes(Path.of(file + ".pnm"))));
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
