package imagefunctions.functions.chaining.run;

import imagefunctions.functions.chaining.workflow.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLConnection;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip archive of the branches' results, each under its branch's name; equal results give equal bytes. */
final class ZipArchive {
    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ZipArchive() {}

    static Body of(List<BranchResult> results) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Set<String> names = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            // Pictures are already compressed.
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (BranchResult result : results) {
                ZipEntry entry = new ZipEntry(unique(result, names));
                entry.setTimeLocal(FIXED_TIME);
                zip.putNextEntry(entry);
                zip.write(result.body().bytes());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        int frames = results.stream()
                .mapToInt(result -> result.body().frames())
                .max()
                .orElse(1);
        return new Body("application/zip", out.toByteArray(), frames);
    }

    private static String unique(BranchResult result, Set<String> names) {
        String suffix = suffix(result.body());
        String name = result.name() + suffix;
        for (int i = 2; !names.add(name); i++) {
            name = result.name() + "-" + i + suffix;
        }
        return name;
    }

    private static String suffix(Body body) {
        return switch (type(body)) {
            case "image/jpeg" -> ".jpg";
            case "image/png" -> ".png";
            case "image/gif" -> ".gif";
            case "image/webp" -> ".webp";
            case "image/bmp" -> ".bmp";
            case "image/tiff" -> ".tif";
            case "application/json" -> ".json";
            case "application/zip" -> ".zip";
            case "text/plain" -> ".txt";
            default -> ".bin";
        };
    }

    /** The content type or, if it is generic, the type that the first bytes indicate. */
    private static String type(Body body) {
        String declared = body.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!declared.equals("application/octet-stream")) {
            return declared;
        }
        try {
            String detected = URLConnection.guessContentTypeFromStream(new ByteArrayInputStream(body.bytes()));
            return detected == null ? declared : detected;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }
}
