package imagefunctions.imaging.credit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** IPTC's data sets (IIM 4.2, 1.5), as Photoshop keeps them among its image resources. */
final class Iptc {
    private static final byte TAG_MARKER = 0x1C;
    private static final int SET_HEADER = 5;

    /** Longer data have their length elsewhere. */
    private static final int EXTENDED = 0x8000;

    private static final int CODED_CHARACTER_SET = 1 << 8 | 90;
    private static final int BY_LINE = 2 << 8 | 80;
    private static final int CREDIT = 2 << 8 | 110;
    private static final int COPYRIGHT_NOTICE = 2 << 8 | 116;
    private static final Set<Integer> TEXTS = Set.of(BY_LINE, CREDIT, COPYRIGHT_NOTICE);
    private static final int MOST_SETS = 30;

    private static final String PHOTOSHOP = "Photoshop 3.0\0";
    private static final byte[] RESOURCE = {'8', 'B', 'I', 'M'};
    private static final int RESOURCE_HEADER = 12;
    private static final int IPTC_RESOURCE = 0x0404;

    private Iptc() {}

    /** The data sets that say who made and who owns a picture, and the coding of their characters. */
    static Optional<byte[]> credit(byte[] block) {
        return dataSets(ByteBuffer.wrap(block)).flatMap(Iptc::credit);
    }

    /** The block itself, or a resource in it. */
    private static Optional<ByteBuffer> dataSets(ByteBuffer block) {
        if (block.hasRemaining() && block.get(0) == TAG_MARKER) {
            return Optional.of(block);
        }
        while (block.remaining() >= RESOURCE_HEADER) {
            byte[] signature = new byte[RESOURCE.length];
            block.get(signature);
            int number = block.getShort() & 0xFFFF;
            int name = block.get() & 0xFF;
            long start = block.position() + (name | 1L);
            if (!Arrays.equals(signature, RESOURCE) || start + 4 > block.limit()) {
                return Optional.empty();
            }
            long length = Integer.toUnsignedLong(block.getInt((int) start));
            long end = start + 4 + length;
            if (end > block.limit()) {
                return Optional.empty();
            }
            if (number == IPTC_RESOURCE) {
                return Optional.of(block.slice((int) start + 4, (int) length));
            }
            block.position((int) Math.min(end + length % 2, block.limit()));
        }
        return Optional.empty();
    }

    private static Optional<byte[]> credit(ByteBuffer sets) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        int count = 0;
        boolean says = false;
        while (sets.remaining() >= SET_HEADER && sets.get(sets.position()) == TAG_MARKER && count < MOST_SETS) {
            int start = sets.position();
            int name = sets.getShort(start + 1) & 0xFFFF;
            int length = sets.getShort(start + 3) & 0xFFFF;
            if (length >= EXTENDED || length > sets.remaining() - SET_HEADER) {
                break;
            }
            byte[] set = new byte[SET_HEADER + length];
            sets.get(set);
            boolean isText = TEXTS.contains(name) && length > 0;
            if ((isText || name == CODED_CHARACTER_SET) && length <= Credit.MOST_BYTES) {
                kept.writeBytes(set);
                count++;
                says |= isText;
            }
        }
        return says ? Optional.of(kept.toByteArray()) : Optional.empty();
    }

    /** The payload of an APP13 segment with these data sets as its only resource. */
    static byte[] segment(byte[] sets) {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(PHOTOSHOP.getBytes(StandardCharsets.US_ASCII));
        segment.writeBytes(RESOURCE);
        // The number, and a name of no characters, padded.
        segment.writeBytes(ByteBuffer.allocate(8)
                .putShort((short) IPTC_RESOURCE)
                .putShort((short) 0)
                .putInt(sets.length)
                .array());
        segment.writeBytes(Arrays.copyOf(sets, sets.length + sets.length % 2));
        return segment.toByteArray();
    }
}
