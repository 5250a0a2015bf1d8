package imagefunctions.imaging.codec;

import imagefunctions.imaging.error.DamagedImageException;
import imagefunctions.imaging.error.NotAnImageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (PNG, third edition, clause 5). Damage counts in the chunks that make pixels; all others are as
 * good as not there if they do not match their checksum, as libpng has it.
 */
final class PngFile {
    private static final int SIGNATURE = 8;
    private static final int LENGTH_AND_NAME = 8;
    private static final int CRC = 4;
    private static final int MOST_CHUNKS = 100_000;
    private static final List<String> KNOWN = List.of("IHDR", "PLTE", "IDAT", "IEND");

    /**
     * The place of a chunk's data.
     *
     * @param end at most the file's length, even where the chunk is cut short
     * @param whole whether it matches its checksum
     */
    record Chunk(String name, int start, int end, boolean whole) {}

    private final byte[] file;
    private final List<Chunk> chunks = new ArrayList<>();

    private PngFile(byte[] file) {
        this.file = file;
    }

    /**
     * Finds the chunks of a file.
     *
     * @throws NotAnImageException if an unknown chunk has to be understood to show the picture, or there are too many
     */
    static PngFile read(byte[] file) {
        PngFile png = new PngFile(file);
        int at = SIGNATURE;
        while (at <= file.length - LENGTH_AND_NAME && !png.ended()) {
            if (png.chunks.size() == MOST_CHUNKS) {
                throw NotAnImageException.unsupported("A PNG of more than %d chunks".formatted(MOST_CHUNKS), null);
            }
            at = png.readChunk(at);
        }
        return png;
    }

    private boolean ended() {
        return !chunks.isEmpty() && chunks.getLast().name().equals("IEND");
    }

    private int readChunk(int at) {
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(at));
        String name = new String(file, at + 4, 4, StandardCharsets.US_ASCII);
        int start = at + LENGTH_AND_NAME;
        int end = (int) Math.min(start + length, file.length);
        if (!KNOWN.contains(name)) {
            refuseIfCritical(name);
        }
        chunks.add(new Chunk(name, start, end, matchesSum(at + 4, end, start + length)));
        return (int) Math.min(start + length + CRC, file.length);
    }

    /** Of a chunk that is cut short, only the data that are there can count. */
    private boolean matchesSum(int from, int end, long wholeEnd) {
        if (wholeEnd + CRC > file.length) {
            return true;
        }
        CRC32 sum = new CRC32();
        sum.update(file, from, end - from);
        return (int) sum.getValue() == ByteBuffer.wrap(file).getInt(end);
    }

    /** PNG, 5.4: an upper-case first letter marks a chunk without which the picture cannot be shown. */
    private static void refuseIfCritical(String name) {
        if (name.equals("CgBI")) {
            throw NotAnImageException.unsupported("Apple's variant of PNG (CgBI)", null);
        }
        if (name.chars().allMatch(Character::isLetter) && Character.isUpperCase(name.charAt(0))) {
            throw NotAnImageException.unsupported("A PNG with a chunk called " + name, null);
        }
    }

    PngHeader header() {
        return PngHeader.of(
                pixelData("IHDR").orElseThrow(() -> new DamagedImageException("PNG file has no header", null)));
    }

    /** The transparency, if it stands where it belongs: behind the palette and before the pixels. */
    Optional<byte[]> transparency() {
        List<String> names = chunks.stream().map(Chunk::name).toList();
        int at = names.indexOf("tRNS");
        int pixels = names.indexOf("IDAT");
        boolean misplaced = at < names.indexOf("PLTE") || (pixels >= 0 && at > pixels);
        return misplaced ? Optional.empty() : pixelData("tRNS");
    }

    /**
     * How many pictures there are (PNG, 11.3.6): the frames of an animation, of which the first may be the picture that
     * others show, and that picture.
     */
    int frames() {
        List<String> names =
                chunks.stream().filter(Chunk::whole).map(Chunk::name).toList();
        List<String> before = names.subList(0, Math.max(0, names.indexOf("IDAT")));
        if (!before.contains("acTL")) {
            return 1;
        }
        int frames = Collections.frequency(names, "fcTL");
        return before.contains("fcTL") ? frames : frames + 1;
    }

    /** The data of the first chunk of this name, without which pixels are missing or others. */
    Optional<byte[]> pixelData(String name) {
        return forPixels(name).stream().findFirst().map(this::data);
    }

    /**
     * The chunks of this name, without which pixels are missing or others.
     *
     * @throws DamagedImageException if one does not match its checksum
     */
    List<Chunk> forPixels(String name) {
        List<Chunk> named = named(name).toList();
        if (!named.stream().allMatch(Chunk::whole)) {
            throw new DamagedImageException("PNG file's %s chunk does not match its checksum".formatted(name), null);
        }
        return named;
    }

    /** The data of the first chunk of this name, as far as they are there. */
    Optional<byte[]> data(String name) {
        return all(name).stream().findFirst().map(this::data);
    }

    byte[] data(Chunk chunk) {
        return Arrays.copyOfRange(file, chunk.start(), chunk.end());
    }

    /** The chunks of this name that match their checksums. */
    List<Chunk> all(String name) {
        return named(name).filter(Chunk::whole).toList();
    }

    private Stream<Chunk> named(String name) {
        return chunks.stream().filter(chunk -> chunk.name().equals(name));
    }

    byte[] bytes() {
        return file;
    }
}
