package imagefunctions.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Finds the smallest heap in which an operation still succeeds, by starting JVMs that do it once. */
final class SmallestHeap {
    private static final int MOST = 1024;
    private static final int OUT_OF_MEMORY = 3;

    private SmallestHeap() {}

    /** What each of those JVMs does: {@code OPERATION PICTURE}. */
    public static void main(String[] args) {
        new Engine().competitor().run(args[0], Path.of(args[1]), 1).orElseThrow();
    }

    /** In megabytes, to the next whole one. */
    static int megabytes(String operation, Path picture) throws IOException, InterruptedException {
        int fails = 1;
        int works = MOST;
        while (works - fails > 1) {
            int middle = works > 4 * fails ? 2 * fails : (fails + works) / 2;
            if (works(operation, picture, middle)) {
                works = middle;
            } else {
                fails = middle;
            }
        }
        return works;
    }

    /** With a young generation of one megabyte, so that nearly all of the heap is there for large arrays. */
    private static boolean works(String operation, Path picture, int megabytes)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xmn1m",
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallestHeap.class.getName(),
                operation,
                picture.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0 && status != OUT_OF_MEMORY && !output.contains("OutOfMemoryError")) {
            throw new IOException(String.join(" ", command) + " ended with " + status + ": " + output);
        }
        return status == 0;
    }
}
