package imagefunctions.jpeg.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An XMP packet (ISO 16684-1), of which the orientation alone is read, as an attribute or as an element. */
public final class Xmp {
    // Names begin where they do, and nothing is tried again, so that a packet takes time by its length.
    private static final Pattern ORIENTATION =
            Pattern.compile("(?<![\\w.-])([\\w.-]{1,32}+):Orientation\\s*+(?:=\\s*+[\"']|>)\\s*+([1-8])\\s*+[\"'<]");

    private static final Pattern PREFIX =
            Pattern.compile("xmlns:([\\w.-]{1,32}+)\\s*+=\\s*+[\"']http://ns\\.adobe\\.com/tiff/1\\.0/[\"']");

    private Xmp() {}

    /** The transform that the packet's orientation calls for, if it states one. */
    public static Optional<Transform> upright(byte[] packet) {
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        Set<String> prefixes =
                PREFIX.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
        return ORIENTATION
                .matcher(text)
                .results()
                .filter(found -> found.group(1).equals("tiff") || prefixes.contains(found.group(1)))
                .findFirst()
                .flatMap(found -> Transform.upright(Integer.parseInt(found.group(2))));
    }
}
