package imagefunctions.fuzz;

import imagefunctions.fuzz.Fuzzer.Sample;
import imagefunctions.imagetype.ImageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Samples in a folder: {@code CHECKSUM-CHOICE.jpg}, {@code .png} and so on; any other file goes to the first choice. */
final class Samples {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}-([0-9]+)\\.[a-z]+");
    private static final Map<String, ImageType> ENDINGS = Map.of(
            "jpg", ImageType.JPEG,
            "png", ImageType.PNG,
            "gif", ImageType.GIF,
            "bmp", ImageType.BMP,
            "tif", ImageType.TIFF,
            "webp", ImageType.WEBP);

    /** Longer files would be cut by the first damage. */
    private static final long LONGEST = Mutator.LONGEST;

    private Samples() {}

    static List<Sample> read(Path folder) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Path file : files(folder)) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            int choice = name.matches() ? Integer.parseInt(name.group(1)) : 0;
            samples.add(new Sample(format(file).orElseThrow(), Files.readAllBytes(file), choice));
        }
        return samples;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && format(file).isPresent()
                            && file.toFile().length() <= LONGEST)
                    .sorted()
                    .toList();
        }
    }

    private static Optional<ImageType> format(Path file) {
        String name = file.getFileName().toString();
        return Optional.ofNullable(ENDINGS.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static String ending(ImageType format) {
        return ENDINGS.entrySet().stream()
                .filter(ending -> ending.getValue() == format)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    static Path write(Path folder, Sample sample) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(sample.file());
        Files.createDirectories(folder);
        String name =
                String.format(Locale.ROOT, "%08x-%d.%s", checksum.getValue(), sample.choice(), ending(sample.format()));
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
