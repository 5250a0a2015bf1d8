package imagefunctions.imaging.codec;

import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.jpeg.format.Ifd;
import imagefunctions.jpeg.format.Transform;
import imagefunctions.jpeg.format.Xmp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The metadata of a PNG file.
 *
 * @param upright the transform that its EXIF orientation calls for, or XMP's where EXIF has none
 * @param profile the embedded colour profile
 */
record Metadata(Transform upright, Optional<IccProfile> profile) {

    private static final List<String> RAW_EXIF = List.of("Raw profile type exif", "Raw profile type APP1");
    private static final List<String> RAW_IPTC = List.of("Raw profile type iptc", "Raw profile type 8bim");
    private static final String RAW_XMP = "Raw profile type xmp";
    private static final String XMP = "XML:com.adobe.xmp";

    static Metadata of(PngFile file) {
        Optional<byte[]> xmp =
                first(file, List.of(XMP)).flatMap(PngText::content).or(() -> raw(file, List.of(RAW_XMP)));
        Optional<IccProfile> profile = file.data("iCCP")
                .flatMap(chunk -> PngText.of("iCCP", chunk).content())
                .flatMap(IccProfile::of);
        return new Metadata(upright(exif(file), xmp), profile);
    }

    static Optional<byte[]> exif(PngFile file) {
        return file.data("eXIf").or(() -> raw(file, RAW_EXIF));
    }

    static Optional<byte[]> iptc(PngFile file) {
        return raw(file, RAW_IPTC);
    }

    private static Optional<byte[]> raw(PngFile file, List<String> keywords) {
        return first(file, keywords).flatMap(PngText::rawProfile);
    }

    /** The first text of one of these keywords; no other one is decompressed. */
    private static Optional<PngText> first(PngFile file, List<String> keywords) {
        return Stream.of("tEXt", "zTXt", "iTXt")
                .flatMap(name -> file.all(name).stream())
                .map(chunk -> PngText.of(chunk.name(), file.data(chunk)))
                .filter(text -> keywords.contains(text.keyword()))
                .findFirst();
    }

    /** What the orientation of an EXIF block calls for, or that of an XMP packet where the block states none. */
    static Transform upright(Optional<byte[]> exif, Optional<byte[]> xmp) {
        return exif.flatMap(block -> Ifd.of(block).upright())
                .or(() -> xmp.flatMap(Xmp::upright))
                .orElse(Transform.NONE);
    }
}
