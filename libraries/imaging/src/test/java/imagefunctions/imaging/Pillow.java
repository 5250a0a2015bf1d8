package imagefunctions.imaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The library that the references were made with. */
final class Pillow {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "src/test/resources/pillow.py";

    private Pillow() {}

    static boolean installed() {
        return says("import PIL.Image");
    }

    /** Whether it is of the version that the references were made with. */
    static boolean ofTheReferences() {
        return installed() && says("import PIL, sys; sys.exit(not PIL.__version__.startswith('9.4.'))");
    }

    private static boolean says(String program) {
        try {
            return run(PYTHON, "-c", program) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs the script with what it is told, in a folder. */
    static void run(Path folder, String... told) throws IOException {
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT));
        command.addAll(List.of(told));
        command.add(folder.toString());
        int status = run(command.toArray(String[]::new));
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
