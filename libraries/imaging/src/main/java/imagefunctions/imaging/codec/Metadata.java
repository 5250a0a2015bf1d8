package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.Turn;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a file other than a JPEG metadata beside its pixels, as far as PNG, WebP and TIFF do.
 *
 * @param upright the turn that its EXIF orientation asks for
 * @param profile its colour profile
 */
record Metadata(Optional<Turn> upright, Optional<IccProfile> profile) {

    private static final int MAX_PROFILE = 4 << 20;

    static Metadata of(byte[] file, ImageType format) {
        return switch (format) {
            case PNG ->
                new Metadata(
                        Chunks.PNG.first(file, "eXIf").flatMap(Metadata::upright),
                        Chunks.PNG.first(file, "iCCP").flatMap(Metadata::inflated));
            case WEBP ->
                new Metadata(
                        Chunks.WEBP.first(file, "EXIF").flatMap(Metadata::upright),
                        Chunks.WEBP.first(file, "ICCP").flatMap(IccProfile::of));
            case TIFF -> new Metadata(upright(file), Ifd.of(file).profile());
            case JPEG, GIF, BMP -> new Metadata(Optional.empty(), Optional.empty());
        };
    }

    private static Optional<Turn> upright(byte[] exif) {
        return Ifd.of(exif).orientation().flatMap(Turn::upright);
    }

    /** PNG, 11.3.2.3: a name that ends in a zero byte, a byte for the method, the compressed profile. */
    private static Optional<IccProfile> inflated(byte[] chunk) {
        int name = 0;
        while (name < chunk.length && chunk[name] != 0) {
            name++;
        }
        if (name + 2 >= chunk.length) {
            return Optional.empty();
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(chunk, name + 2, chunk.length - name - 2);
            byte[] profile = new byte[MAX_PROFILE];
            int length = inflater.inflate(profile);
            return IccProfile.of(Arrays.copyOf(profile, length));
        } catch (DataFormatException e) {
            return Optional.empty();
        }
    }
}
