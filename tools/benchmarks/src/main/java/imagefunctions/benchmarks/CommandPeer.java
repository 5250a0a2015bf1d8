package imagefunctions.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** libjpeg-turbo's own programs, started once an operation; what a shell costs to start nothing is taken off. */
final class CommandPeer implements Competitor {
    private static final Map<String, String> COMMANDS = Map.of(
            "draft", "djpeg -grayscale -scale 1/8 \"$0\" | cjpeg -grayscale",
            "bw", "jpegtran -grayscale \"$0\"",
            "bw75", "djpeg -grayscale \"$0\" | cjpeg -grayscale",
            "transpose", "jpegtran -rotate 180 \"$0\"",
            "transpose75", "djpeg \"$0\" | cjpeg");

    private final Path result;

    private CommandPeer(Path result) {
        this.result = result;
    }

    static Optional<Competitor> start() {
        for (String program : List.of("jpegtran", "djpeg", "cjpeg")) {
            if (!found(program)) {
                System.out.println("skipped, missing: " + program + " (apt-get install libjpeg-turbo-progs)");
                return Optional.empty();
            }
        }
        try {
            return Optional.of(new CommandPeer(Files.createTempFile("benchmark", ".jpg")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean found(String program) {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String name() {
        return "libjpeg-turbo's programs";
    }

    @Override
    public Optional<Cost> run(String operation, Path picture, int times) {
        String command = COMMANDS.get(operation);
        if (command == null) {
            return Optional.empty();
        }
        try {
            double spent = seconds(command, picture, times) - seconds("true", picture, times);
            return Optional.of(new Cost(spent * 1000 / times, (int) Files.size(result)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** CPU seconds of the shell's children, as reported by the shell's own `times`. */
    private double seconds(String command, Path picture, int times) throws IOException, InterruptedException {
        String loop = "for i in $(seq " + times + "); do { " + command + "; } >" + result + ".out; done; times";
        Process shell = new ProcessBuilder("bash", "-c", loop, picture.toString()).start();
        List<String> lines = shell.inputReader().lines().toList();
        shell.waitFor();
        Path out = Path.of(result + ".out");
        if (Files.size(out) > 0) {
            Files.move(out, result, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Files.deleteIfExists(out);
        double sum = 0;
        for (String time : lines.getLast().split(" ", -1)) {
            String[] parts = time.split("[ms]", -1);
            sum += Integer.parseInt(parts[0]) * 60 + Double.parseDouble(parts[1]);
        }
        return sum;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
