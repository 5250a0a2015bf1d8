package imagefunctions.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The machine that a benchmark runs on. */
public final class Machine {
    private Machine() {}

    /** Its processor, operating system and Java, in a line. */
    public static String description() {
        String processor = System.getProperty("os.arch");
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name") || line.startsWith("cpu\t")) {
                    processor = line.substring(line.indexOf(':') + 1).strip();
                    break;
                }
            }
        } catch (IOException e) {
            // Not Linux: the architecture has to do.
        }
        return processor + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + Runtime.version() + vectors();
    }

    /** The option that the functions' images and `./run up` have on some processors. */
    private static String vectors() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:MaxVectorSize="))
                .map(argument -> " with " + argument)
                .collect(Collectors.joining());
    }
}
