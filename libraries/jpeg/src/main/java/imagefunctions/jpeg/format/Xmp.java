package imagefunctions.jpeg.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An XMP packet (ISO 16684-1), of which the orientation alone is read, as an attribute or as an element. */
public final class Xmp {
    private static final Pattern ORIENTATION =
            Pattern.compile("tiff:Orientation\\s*(?:=\\s*[\"']|>)\\s*([1-8])\\s*[\"'<]");

    private Xmp() {}

    /** The transform that the packet's orientation calls for, if it states one. */
    public static Optional<Transform> upright(byte[] packet) {
        Matcher found = ORIENTATION.matcher(new String(packet, StandardCharsets.ISO_8859_1));
        return found.find() ? Transform.upright(Integer.parseInt(found.group(1))) : Optional.empty();
    }
}
