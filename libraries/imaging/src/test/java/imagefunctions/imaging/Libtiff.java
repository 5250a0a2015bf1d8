package imagefunctions.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What libtiff, called from Python, says of a file and makes of it.
 *
 * @param messages its errors and warnings; none if nothing that makes pixels is damaged
 * @param rgb the pixels of an opaque picture; none if it refused the file
 */
record Libtiff(String messages, Optional<OtherDecoders.Pixels> rgb) {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "src/test/resources/libtiff.py";

    static boolean installed() {
        try {
            return run(List.of(PYTHON, SCRIPT)) == 0 && OtherDecoders.areThere();
        } catch (IOException e) {
            return false;
        }
    }

    /** Of each file. */
    static List<Libtiff> of(List<byte[]> files, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT));
        for (int i = 0; i < files.size(); i++) {
            command.add(Files.write(folder.resolve(i + ".tif"), files.get(i)).toString());
        }
        int status = run(command);
        if (status != 0) {
            throw new IOException("libtiff ended with " + status);
        }
        List<Libtiff> words = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            words.add(read(folder.resolve(i + ".tif")));
        }
        return words;
    }

    private static Libtiff read(Path file) throws IOException {
        String messages = Files.readString(Programs.beside(file, ".log"), StandardCharsets.ISO_8859_1);
        Path rgba = Programs.beside(file, ".rgba");
        return new Libtiff(
                messages,
                Files.exists(rgba) ? Optional.of(pixels(ByteBuffer.wrap(Files.readAllBytes(rgba)))) : Optional.empty());
    }

    private static OtherDecoders.Pixels pixels(ByteBuffer rgba) {
        int width = rgba.getInt();
        int height = rgba.getInt();
        byte[] samples = new byte[3 * width * height];
        for (int at = 0; at < samples.length; at += 3) {
            rgba.get(samples, at, 3).get();
        }
        return new OtherDecoders.Pixels(width, height, 3, samples);
    }

    private static int run(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
