package imagefunctions.imaging.codec;

import imagefunctions.imagetype.ImageType;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.jpeg.format.Ifd;
import imagefunctions.jpeg.format.Transform;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The metadata of a file that ImageIO reads; PNG and TIFF have some.
 *
 * @param upright the transform that its EXIF orientation calls for
 * @param profile the embedded colour profile
 */
record Metadata(Transform upright, Optional<IccProfile> profile) {

    private static final int MAX_PROFILE = 4 << 20;

    static Metadata of(byte[] file, ImageType format) {
        return switch (format) {
            case PNG ->
                new Metadata(
                        upright(Chunks.first(file, "eXIf")),
                        Chunks.first(file, "iCCP").flatMap(Metadata::inflated));
            case TIFF ->
                new Metadata(
                        upright(Optional.of(file)), Ifd.of(file).iccProfile().flatMap(IccProfile::of));
            case JPEG, GIF, BMP, WEBP -> new Metadata(Transform.NONE, Optional.empty());
        };
    }

    /** What the orientation of an EXIF block calls for. */
    static Transform upright(Optional<byte[]> exif) {
        return exif.flatMap(block -> Ifd.of(block).upright()).orElse(Transform.NONE);
    }

    /** PNG, 11.3.2.3: a null-terminated name, the compression method, the compressed profile. */
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
