package imagefunctions.fuzz;

import imagefunctions.fuzz.Fuzzer.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Samples in a folder: {@code CHECKSUM-CHOICE.jpg}; any other file goes to the first choice. */
final class Samples {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}-([0-9]+)\\.jpg");

    private Samples() {}

    static List<Sample> read(Path folder) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Path file : files(folder)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            samples.add(new Sample(Files.readAllBytes(file), name.matches() ? Integer.parseInt(name.group(1)) : 0));
        }
        return samples;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }

    static Path write(Path folder, Sample sample) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(sample.file());
        Files.createDirectories(folder);
        String name = String.format(Locale.ROOT, "%08x-%d.jpg", checksum.getValue(), sample.choice());
        return Files.write(folder.resolve(name), sample.file());
    }

    static void replace(Path folder, List<Sample> samples) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
        for (Sample sample : samples) {
            write(folder, sample);
        }
    }
}
