package imagefunctions.imaging.codec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kinds of files that people take for pictures that are read here, recognised by their first bytes. */
final class OtherKinds {
    private static final int HEAD = 64;

    /** Beginnings; a question mark stands for any byte. */
    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("????ftyphei", "a HEIC picture");
        KINDS.put("????ftyphev", "a HEIC picture");
        KINDS.put("????ftypmif1", "a HEIF picture");
        KINDS.put("????ftypmsf1", "a HEIF picture");
        KINDS.put("????ftypavi", "an AVIF picture");
        KINDS.put("????ftypcrx", "a camera's raw picture");
        KINDS.put("????ftyp", "a video");
        KINDS.put("\u00FF\n", "a JPEG XL picture");
        KINDS.put("\0\0\0\fJXL ", "a JPEG XL picture");
        KINDS.put("\0\0\0\fjP  ", "a JPEG 2000 picture");
        KINDS.put("\u00FFO\u00FFQ", "a JPEG 2000 picture");
        KINDS.put("II\u00BC", "a JPEG XR picture");
        KINDS.put("8BPS", "a Photoshop document");
        KINDS.put("%PDF", "a PDF document");
        KINDS.put("\u001F\u008B", "compressed with gzip: send it as it was before");
        KINDS.put("PK\u0003\u0004", "a zip file");
        KINDS.put("\u008AMNG", "an MNG animation");
        KINDS.put("\0\0\u0001\0", "an icon");
        KINDS.put("data:image/", "a data URL: send the bytes that it stands for");
        KINDS.put("/9j/", "a JPEG in base64: send its bytes");
        KINDS.put("iVBORw0KGgo", "a PNG in base64: send its bytes");
        KINDS.put("<svg", "an SVG drawing");
        KINDS.put("<?xml", "an XML document");
        KINDS.put("qoif", "a QOI picture");
        KINDS.put("BA????????????BM", "an array of bitmaps");
        for (String raw :
                List.of("FUJIFILMCCD-RAW", "IIRO", "IIRS", "MMOR", "IIU\0", "II\u001A\0\0\0HEAP", "\0MRM", "FOVb")) {
            KINDS.put(raw, "a camera's raw picture");
        }
    }

    private OtherKinds() {}

    /** The kind of a file that is no picture of a format that is read, in words, if it is known. */
    static Optional<String> of(byte[] file) {
        String start = new String(file, 0, Math.min(file.length, HEAD), StandardCharsets.ISO_8859_1);
        return KINDS.entrySet().stream()
                .filter(kind -> begins(start, kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean begins(String start, String pattern) {
        if (start.length() < pattern.length()) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '?' && pattern.charAt(i) != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
