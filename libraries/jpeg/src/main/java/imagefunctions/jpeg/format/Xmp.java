package imagefunctions.jpeg.format;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An XMP packet (ISO 16684-1), of which the orientation alone is read, as an attribute or as an element. */
public final class Xmp {
    private static final int LONGEST_PREFIX = 32;

    // Both begin with letters, which are found quickly, and nothing is tried again.
    private static final Pattern ORIENTATION =
            Pattern.compile(":Orientation\\s*+(?:=\\s*+[\"']|>)\\s*+([1-8])\\s*+[\"'<]");

    private static final Pattern PREFIX = Pattern.compile(
            "xmlns:([\\w.-]{1," + LONGEST_PREFIX + "}+)\\s*+=\\s*+[\"']http://ns\\.adobe\\.com/tiff/1\\.0/[\"']");

    private Xmp() {}

    /** The transform that the packet's orientation calls for, if it states one. */
    public static Optional<Transform> upright(byte[] packet) {
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        Set<String> prefixes = PREFIX.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(HashSet::new));
        prefixes.add("tiff");
        return ORIENTATION
                .matcher(text)
                .results()
                .filter(found -> prefixes.contains(nameBefore(found.start(), text)))
                .findFirst()
                .flatMap(found -> Transform.upright(Integer.parseInt(found.group(1))));
    }

    /** The letters of a name that end there, of longer names than any prefix the last ones. */
    private static String nameBefore(int end, String text) {
        int start = end;
        while (start > 0 && end - start <= LONGEST_PREFIX && isOfName(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(start, end);
    }

    private static boolean isOfName(char c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || "_.-".indexOf(c) >= 0;
    }
}
