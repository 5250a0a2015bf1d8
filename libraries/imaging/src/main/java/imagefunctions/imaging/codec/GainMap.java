package imagefunctions.imaging.codec;

import imagefunctions.jpeg.format.AddedSegments;
import imagefunctions.jpeg.format.JpegException;
import imagefunctions.jpeg.format.JpegHeader;
import imagefunctions.jpeg.format.Marker;
import imagefunctions.jpeg.format.MultiPicture;
import imagefunctions.jpeg.format.Transform;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The gain map of a photo (ISO 21496-1; Adobe, Gain Map 1.0): a second JPEG behind the first, which says how much
 * brighter each place is on a screen that can show it. What it means is stated in a segment of ISO's, in XMP, or in both.
 */
public final class GainMap {
    private static final String ISO = "urn:iso:std:iso:ts:21496:-1\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String NAMESPACE = "http://ns.adobe.com/hdr-gain-map/1.0/";

    /** The versions alone: 0, and 0 of the writer. */
    private static final byte[] ISO_OF_BASE = (ISO + "\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1);

    private static final String NAME =
            "hdrgm:(Version|BaseRenditionIsHDR|GainMapMin|GainMapMax|Gamma|OffsetSDR|OffsetHDR"
                    + "|HDRCapacityMin|HDRCapacityMax)";

    private static final String VALUE = "([\\w.+-]{1,40})";
    private static final Pattern ATTRIBUTE = Pattern.compile(NAME + "\\s*=\\s*[\"']" + VALUE + "[\"']");
    private static final Pattern ELEMENT = Pattern.compile("<" + NAME + ">\\s*" + VALUE + "\\s*</");
    private static final Pattern COLOURS = Pattern.compile("<" + NAME + ">\\s*<rdf:Seq>\\s*<rdf:li>" + VALUE
            + "</rdf:li>\\s*<rdf:li>" + VALUE + "</rdf:li>\\s*<rdf:li>" + VALUE + "</rdf:li>\\s*</rdf:Seq>");

    private final JpegHeader header;
    private final Optional<byte[]> iso;
    private final Optional<String> properties;

    private GainMap(JpegHeader header) {
        this.header = header;
        this.iso = header.payload(Marker.APP2, ISO);
        this.properties = header.payload(Marker.APP1, XMP)
                .map(packet -> new String(packet, StandardCharsets.ISO_8859_1))
                .filter(packet -> packet.contains(NAMESPACE))
                .map(GainMap::properties);
    }

    /** The gain map behind a photo, if there is one that is whole up to its pixels. */
    public static Optional<GainMap> of(JpegHeader photo) {
        return photo.others().flatMap(other -> read(other).stream()).findFirst();
    }

    /** What stands behind a photo cannot spoil it. */
    private static Optional<GainMap> read(byte[] other) {
        try {
            return Optional.of(new GainMap(JpegHeader.read(other)))
                    .filter(map -> map.iso.isPresent() || map.properties.isPresent());
        } catch (JpegException e) {
            return Optional.empty();
        }
    }

    /** What the packet says in the gain map's namespace: attributes, as some readers know no others, and three colours. */
    private static String properties(String packet) {
        Map<String, String> attributes = new TreeMap<>();
        Map<String, String> colours = new TreeMap<>();
        Stream.of(ATTRIBUTE, ELEMENT)
                .flatMap(pattern -> pattern.matcher(packet).results())
                .forEach(found -> attributes.putIfAbsent(
                        found.group(1), " hdrgm:%s=\"%s\"".formatted(found.group(1), found.group(2))));
        COLOURS.matcher(packet)
                .results()
                .filter(found -> !attributes.containsKey(found.group(1)))
                .forEach(found -> colours.putIfAbsent(
                        found.group(1),
                        "<hdrgm:%s><rdf:Seq><rdf:li>%s</rdf:li><rdf:li>%s</rdf:li><rdf:li>%s</rdf:li></rdf:Seq></hdrgm:%1$s>"
                                .formatted(found.group(1), found.group(2), found.group(3), found.group(4))));
        return String.join("", attributes.values()) + ">" + String.join("", colours.values());
    }

    /**
     * Puts the gain map behind a photo, turned in the same way.
     *
     * @param photo a file that begins with a JFIF segment without a thumbnail
     * @param segments the photo's other segments
     * @return nothing if the gain map is damaged, larger than the limit, or of a kind that is not turned without pixels
     */
    public Optional<byte[]> behind(byte[] photo, AddedSegments segments, Transform transform, PixelLimit limit) {
        return DctDomainPath.transformed(header, transform, limit).map(turned -> {
            AddedSegments own = new AddedSegments();
            properties.ifPresent(values -> own.add(Marker.APP1, xmp(values)));
            iso.ifPresent(values -> own.add(Marker.APP2, concatenated(ISO, values)));
            byte[] map = own.insertedInto(turned);
            properties.ifPresent(values -> segments.add(Marker.APP1, xmp(container(map.length))));
            iso.ifPresent(values -> segments.add(Marker.APP2, ISO_OF_BASE));
            return MultiPicture.joined(photo, segments, map);
        });
    }

    /** The photo's own description: what lies in the file, and how long the gain map is. */
    private static String container(int length) {
        return """
                 xmlns:Container="http://ns.google.com/photos/1.0/container/"\
                 xmlns:Item="http://ns.google.com/photos/1.0/container/item/" hdrgm:Version="1.0">\
                <Container:Directory><rdf:Seq>\
                <rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li>\
                <rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="GainMap" Item:Mime="image/jpeg"\
                 Item:Length="%d"/></rdf:li>\
                </rdf:Seq></Container:Directory>""".formatted(length);
    }

    /** A packet of a single description: the rest of its start tag, and what is in it. */
    private static byte[] xmp(String description) {
        String packet = """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
                <rdf:Description rdf:about="" xmlns:hdrgm="%s"%s</rdf:Description></rdf:RDF></x:xmpmeta>""".formatted(NAMESPACE, description);
        return concatenated(XMP, packet.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] concatenated(String identifier, byte[] content) {
        byte[] name = identifier.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[name.length + content.length];
        System.arraycopy(name, 0, whole, 0, name.length);
        System.arraycopy(content, 0, whole, name.length, content.length);
        return whole;
    }
}
