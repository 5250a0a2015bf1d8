package imagefunctions.imaging;

import imagefunctions.imaging.pixels.Picture;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Independent decoders, as programs of Debian's packages netpbm (libpng, libtiff) and giflib-tools. */
final class OtherDecoders {

    private OtherDecoders() {}

    /** A picture of 8-bit samples: grey, or red, green, blue. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its elements
    record Pixels(int width, int height, int bands, byte[] samples) {

        /** Ours, with blue, green, red put in order. */
        static Pixels of(Picture picture) {
            byte[] from = picture.samples();
            byte[] samples = from.clone();
            for (int i = 0; picture.bands() == 3 && i < samples.length; i++) {
                samples[i] = from[i / 3 * 3 + 2 - i % 3];
            }
            return new Pixels(picture.width(), picture.height(), picture.bands(), samples);
        }

        /** Three samples for each pixel. */
        int[] rgb() {
            return IntStream.range(0, 3 * width * height)
                    .map(i -> samples[bands == 3 ? i : i / 3] & 0xFF)
                    .toArray();
        }
    }

    static boolean areThere() {
        return Programs.areThere("pngtopam", "gif2rgb", "tifftopnm", "tiffcp");
    }

    /** What libpng makes of a file, on white; empty if it refuses it. */
    static Optional<Pixels> png(Path file) throws IOException, InterruptedException {
        return run("pngtopam", "-alphapam", file.toString()).map(OtherDecoders::onWhite);
    }

    /** What giflib makes of the first frame of a file that fills its screen; empty if it refuses it. */
    static Optional<int[]> gif(Path file) throws IOException, InterruptedException {
        Path rgb = file.resolveSibling(file.getFileName() + ".rgb");
        if (run("gif2rgb", "-1", "-o", rgb.toString(), file.toString()).isEmpty()) {
            return Optional.empty();
        }
        byte[] samples = Files.readAllBytes(rgb);
        return Optional.of(
                IntStream.range(0, samples.length).map(i -> samples[i] & 0xFF).toArray());
    }

    /** What libtiff makes of a file without transparency; empty if it refuses it. */
    static Optional<Pixels> tiff(Path file) throws IOException, InterruptedException {
        Path pnm = file.resolveSibling(file.getFileName() + ".pnm");
        Optional<byte[]> written = run("tifftopnm", "-respectfillorder", file.toString());
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Files.write(pnm, written.get());
        return run(pnm.toFile(), "pamtopam").map(OtherDecoders::onWhite);
    }

    /** The same of a file in colours that netpbm does not know, which libtiff makes RGB. */
    static Optional<Pixels> tiffAsRgb(Path file) throws IOException, InterruptedException {
        Path rgb = file.resolveSibling(file.getFileName() + ".rgb.tif");
        return run("tiff2rgba", file.toString(), rgb.toString()).isPresent() ? tiff(rgb) : Optional.empty();
    }

    /** Writes a file again with libtiff; false if it cannot. */
    static boolean tiffcp(String options, Path from, Path to) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tiffcp"));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(from.toString(), to.toString()));
        return run(command.toArray(String[]::new)).isPresent();
    }

    private static Optional<byte[]> run(String... command) throws IOException, InterruptedException {
        return run(new File("/dev/null"), command);
    }

    private static Optional<byte[]> run(File input, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("decoded", null);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(input)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " does not end");
            }
            return process.exitValue() == 0 ? Optional.of(Files.readAllBytes(output)) : Optional.empty();
        } finally {
            Files.delete(output);
        }
    }

    /** A file of Netpbm's format PAM, with any number of bits and transparency. */
    private static Pixels onWhite(byte[] pam) {
        int start = new String(pam, StandardCharsets.ISO_8859_1).indexOf("ENDHDR\n") + 7;
        List<String> words = new ArrayList<>();
        new Scanner(new String(pam, 0, start, StandardCharsets.US_ASCII)).forEachRemaining(words::add);
        int width = number(words, "WIDTH");
        int height = number(words, "HEIGHT");
        int depth = number(words, "DEPTH");
        int full = number(words, "MAXVAL");
        int bands = depth < 3 ? 1 : 3;
        byte[] samples = new byte[width * height * bands];
        for (int pixel = 0; pixel < width * height; pixel++) {
            int alpha = depth == bands ? 255 : sample(pam, start, pixel * depth + bands, full);
            for (int band = 0; band < bands; band++) {
                int sample = sample(pam, start, pixel * depth + band, full);
                samples[pixel * bands + band] = (byte) ((sample * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return new Pixels(width, height, bands, samples);
    }

    private static int number(List<String> words, String name) {
        return Integer.parseInt(words.get(words.indexOf(name) + 1));
    }

    private static int sample(byte[] pam, int start, int index, int full) {
        int sample = full < 256
                ? pam[start + index] & 0xFF
                : ((pam[start + 2 * index] & 0xFF) << 8) | (pam[start + 2 * index + 1] & 0xFF);
        return (sample * 255 + full / 2) / full;
    }
}
