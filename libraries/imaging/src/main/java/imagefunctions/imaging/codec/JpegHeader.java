package imagefunctions.imaging.codec;

import imagefunctions.imaging.pixels.Coding;
import imagefunctions.imaging.pixels.IccProfile;
import imagefunctions.imaging.pixels.QuantTable;
import imagefunctions.imaging.pixels.Turn;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a JPEG file says before its first scan (ITU-T T.81, annex B).
 *
 * @param frame the frame header
 * @param tables quantisation tables by slot
 * @param jfif whether it has a JFIF segment
 * @param adobeTransform the colour transform that an Adobe segment states
 * @param exif all EXIF blocks, from their TIFF header on
 * @param profileParts the pieces of the colour profile by number
 * @param essentials the segments that a decoder needs, in their order, markers included
 * @param scanComponents how many components the first scan holds
 * @param scanStart where the first scan's data begin in the file
 */
record JpegHeader(
        Frame frame,
        Map<Integer, QuantTable> tables,
        boolean jfif,
        Optional<Integer> adobeTransform,
        List<byte[]> exif,
        SortedMap<Integer, byte[]> profileParts,
        List<byte[]> essentials,
        int scanComponents,
        int scanStart) {

    private static final List<Integer> RGB = List.of((int) 'R', (int) 'G', (int) 'B');

    /** A frame header (T.81, B.2.2): its marker tells the process, the precision is in bits a sample. */
    record Frame(int marker, int precision, int width, int height, List<Component> components) {

        /** The least number of bits that its blocks can take: none takes less than one. */
        long leastBits() {
            int across = components.stream().mapToInt(Component::across).max().orElse(1);
            int down = components.stream().mapToInt(Component::down).max().orElse(1);
            return components.stream()
                    .mapToLong(component -> (long) (width * component.across() / (8 * across))
                            * (height * component.down() / (8 * down)))
                    .sum();
        }
    }

    /** A component's name, sampling factors and slot of its quantisation table. */
    record Component(int id, int across, int down, int table) {}

    int width() {
        return frame.width();
    }

    int height() {
        return frame.height();
    }

    List<Component> components() {
        return frame.components();
    }

    /** Whether pixels may still be missing after a scan that is whole. */
    boolean severalScans() {
        return frame.marker() == JpegMarker.SOF2
                || scanComponents < components().size();
    }

    boolean adobe() {
        return adobeTransform.isPresent();
    }

    /** Whether the first three components are Y, Cb, Cr, by the rules of libjpeg. */
    boolean lumaAndChroma() {
        if (components().size() == 4) {
            return adobeTransform.orElse(0) == 2;
        }
        if (jfif || adobe()) {
            return jfif || adobeTransform.orElse(0) != 0;
        }
        return !components().stream().map(Component::id).toList().equals(RGB);
    }

    /** Whether a quantisation table has steps of 16 bits (T.81, B.2.4.1: Pq is 1). */
    boolean wideTables() {
        return essentials.stream()
                .anyMatch(
                        segment -> (segment[1] & 0xFF) == JpegMarker.DQT && segment.length > 4 && segment[4] >> 4 != 0);
    }

    /** The file's own tables and sampling, for a result of the same quality. */
    Coding coding() {
        List<Coding.Component> coded = components().stream()
                .limit(3)
                .flatMap(component -> Stream.ofNullable(tables.get(component.table()))
                        .map(table -> new Coding.Component(component.across(), component.down(), table)))
                .toList();
        return coded.size() == Math.min(3, components().size()) ? new Coding(coded).encodable() : Coding.DEFAULT;
    }

    /** The turn that the first EXIF block with a sensible orientation asks for. */
    Optional<Turn> upright() {
        return exif.stream()
                .flatMap(block -> Ifd.of(block).orientation().stream())
                .findFirst()
                .flatMap(Turn::upright);
    }

    /** The colour profile, put together from its parts (ICC.1:2022, B.4). */
    Optional<IccProfile> profile() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        profileParts.values().forEach(whole::writeBytes);
        return IccProfile.of(whole.toByteArray());
    }
}
