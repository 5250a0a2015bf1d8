package imagefunctions.benchmarks.loops;

import imagefunctions.jpeg.format.Cores;
import imagefunctions.jpeg.format.JpegFile;
import imagefunctions.jpeg.scan.CoefficientReader;
import imagefunctions.jpeg.scan.SequentialBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The photo that the loops work on, 1920 x 1080 pixels in 4:2:0, and its blocks. */
final class Sample {
    static final int WIDTH = 1920;
    static final int HEIGHT = 1080;

    private Sample() {}

    static JpegFile file() {
        try {
            return JpegFile.parse(Files.readAllBytes(Path.of(System.getProperty("samples"), "seeding.jpg")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SequentialBlocks luma() {
        return (SequentialBlocks) new CoefficientReader().read(file(), true, false, Cores.ONE)[0];
    }
}
